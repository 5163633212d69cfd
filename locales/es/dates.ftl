### Cómo se escriben las fechas y las horas. Las claves empiezan por "date-". El reloj es de 24 horas.

## Patrones

date-long = { $weekday }, { $day } de { $month } de { $year }
date-medium = { $weekday }, { $day } { $month }
date-short = { $day } { $month }
date-short-year = { $day } { $month } { $year }
date-month-year = { $month } de { $year }
date-time = { $date }, { $time }
# En la hora que se repite al atrasar el reloj.
date-time-folded = { $time } ({ $offset })
date-time-range = { $from }–{ $to }
date-zone = { $place } ({ $zone })
date-duration-minutes = { $minutes } min

## Días

date-now = ahora
date-today = hoy
date-tomorrow = mañana
date-yesterday = ayer

## Cuánto falta o cuánto hace

date-minutes-ahead =
    { $count ->
        [one] dentro de { $count } minuto
       *[other] dentro de { $count } minutos
    }
date-minutes-ago =
    { $count ->
        [one] hace { $count } minuto
       *[other] hace { $count } minutos
    }
date-hours-ahead =
    { $count ->
        [one] dentro de { $count } hora
       *[other] dentro de { $count } horas
    }
date-hours-ago =
    { $count ->
        [one] hace { $count } hora
       *[other] hace { $count } horas
    }
date-days-ahead =
    { $count ->
        [one] dentro de { $count } día
       *[other] dentro de { $count } días
    }
date-days-ago =
    { $count ->
        [one] hace { $count } día
       *[other] hace { $count } días
    }
date-months-ahead =
    { $count ->
        [one] dentro de { $count } mes
       *[other] dentro de { $count } meses
    }
date-months-ago =
    { $count ->
        [one] hace { $count } mes
       *[other] hace { $count } meses
    }
date-years-ahead =
    { $count ->
        [one] dentro de { $count } año
       *[other] dentro de { $count } años
    }
date-years-ago =
    { $count ->
        [one] hace { $count } año
       *[other] hace { $count } años
    }

## Meses

date-month-1 = enero
date-month-2 = febrero
date-month-3 = marzo
date-month-4 = abril
date-month-5 = mayo
date-month-6 = junio
date-month-7 = julio
date-month-8 = agosto
date-month-9 = septiembre
date-month-10 = octubre
date-month-11 = noviembre
date-month-12 = diciembre
date-month-short-1 = ene
date-month-short-2 = feb
date-month-short-3 = mar
date-month-short-4 = abr
date-month-short-5 = may
date-month-short-6 = jun
date-month-short-7 = jul
date-month-short-8 = ago
date-month-short-9 = sep
date-month-short-10 = oct
date-month-short-11 = nov
date-month-short-12 = dic

## Días de la semana, desde el lunes

date-weekday-1 = lunes
date-weekday-2 = martes
date-weekday-3 = miércoles
date-weekday-4 = jueves
date-weekday-5 = viernes
date-weekday-6 = sábado
date-weekday-7 = domingo
date-weekday-short-1 = lun
date-weekday-short-2 = mar
date-weekday-short-3 = mié
date-weekday-short-4 = jue
date-weekday-short-5 = vie
date-weekday-short-6 = sáb
date-weekday-short-7 = dom
date-weekday-narrow-1 = L
date-weekday-narrow-2 = M
date-weekday-narrow-3 = X
date-weekday-narrow-4 = J
date-weekday-narrow-5 = V
date-weekday-narrow-6 = S
date-weekday-narrow-7 = D

## Regiones de las zonas horarias

date-region-africa = África
date-region-america = América
date-region-antarctica = Antártida
date-region-arctic = Ártico
date-region-asia = Asia
date-region-atlantic = Atlántico
date-region-australia = Australia
date-region-europe = Europa
date-region-indian = Océano Índico
date-region-pacific = Pacífico
date-region-other = Otras
