### Elegir una hora, las clases y sus estados. Las claves empiezan por "booking-".

## El calendario

booking-title = Reserva una clase
booking-variants = Tipo de clase
booking-chosen-offer = { $offer }, { $minutes }
booking-trial = Prueba
booking-view = Vista
booking-month = Mes
booking-week = Semana
booking-prev-month = Mes anterior
booking-next-month = Mes siguiente
booking-prev-week = Semana anterior
booking-next-week = Semana siguiente
booking-week-title = { $from } – { $to }
booking-period-summary =
    { $count ->
        [0] { $period }: sin horas libres
        [one] { $period }: { $count } hora libre
       *[other] { $period }: { $count } horas libres
    }
booking-day-label =
    { $count ->
        [0] { $day }, sin horas
        [one] { $day }, { $count } hora libre
       *[other] { $day }, { $count } horas libres
    }
booking-times = Horas libres, { $day }
booking-change-zone = Las horas son de { $zone }. Cambiar la zona horaria
booking-none-in = No hay horas libres en { $period }.
booking-none-week = No hay horas libres en esta semana.
booking-next-free = Próxima libre: { $time }
booking-nothing-free = No hay horas libres en las próximas semanas. Vuelve más tarde o elige otro profesor.
booking-choose = Elige una hora
booking-note = { $minutes }, en línea
booking-tutor-time = { $time } para { $tutor }
booking-hold = Reservar las { $time } y pagar
booking-holding = Reservando…
booking-hold-note = Te guardamos la hora durante 10 minutos. Aún no se cobra nada.
booking-failed = No se han podido cargar las horas. Comprueba tu conexión e inténtalo de nuevo.
booking-refused = No se ha reservado esta hora
booking-close = Cerrar
booking-not-student = Has iniciado sesión, pero no como estudiante. Cierra la sesión y entra como estudiante para reservar.
booking-own-page = Esta es tu propia página: aquí reservan tus estudiantes.
booking-choose-time = Elegir hora

## La política de cancelación, aplicada a una clase

booking-policy-free = Cancela gratis hasta el { $time }.
booking-policy-part = Se devuelve el { $percent } hasta el { $time }.
booking-policy-tail = Después no se devuelve nada.
booking-policy-none = Tan cerca de la clase no se devuelve nada si cancelas.
