### El portal público: portada, profesores y precios. Las claves empiezan por "public-".

public-nav-tutors = Buscar profesor
public-nav-prices = Precios
public-nav-policy = Política de cancelación

## La portada

public-hero = Aprende con { $name }
public-hero-body = Elige un profesor de { $name }, mira sus horas libres en tu propio reloj y reserva una clase en dos minutos.
public-subjects = Materias
public-levels = Niveles
public-price-from = desde { $price }
public-best-tutors = Profesores con los que se repite
public-all-tutors =
    { $count ->
        [one] Ver al profesor
       *[other] Ver los { $count } profesores
    }
public-praise = Lo que dicen los estudiantes
public-praise-by = { $student }, { $lesson } con
public-how = Cómo funciona
public-step-find = Encuentra a tu profesor
public-step-find-body = Filtra por materia, nivel, precio y las horas que te vienen bien. Solo opina quien ha tenido clases.
public-step-book = Elige una hora y paga
public-step-book-body = Las horas se muestran en tu reloj. Te guardamos la tuya diez minutos mientras pagas.
public-step-learn = Aprende
public-step-learn-body = Recibes una confirmación con la cita para tu calendario. Si cambian los planes, cancela a tiempo y recuperas tu dinero.

## Un profesor en una lista

public-next-times = Próximas horas libres, { $zone }
public-today = Hoy
public-today-at = hoy { $time }
public-verified = Verificado
public-verified-note = La escuela ha comprobado su identidad y sus títulos.
public-no-reviews = Aún sin opiniones
public-rating =
    { $count ->
        [one] { $rating } de 5 según { $count } opinión
       *[other] { $rating } de 5 según { $count } opiniones
    }
public-lessons =
    { $count ->
        [0] Nuevo aquí
        [one] { $count } clase
       *[other] { $count } clases
    }
public-lessons-taught =
    { $count ->
        [one] { $count } clase impartida
       *[other] { $count } clases impartidas
    }
public-tutor-count =
    { $count ->
        [one] { $count } profesor
       *[other] { $count } profesores
    }
public-tutors = Profesores
public-trial-for = Prueba { $price }
public-no-trial = Sin prueba
public-no-times-on = { $day }: sin horas libres
public-more-times =
    { $count ->
        [one] { $count } hora más, { $day }
       *[other] { $count } horas más, { $day }
    }
public-next-free = Próxima libre: { $time }
public-none-this-week = Sin horas libres esta semana

## La página de un profesor

public-on-this-page = En esta página
public-about = Sobre mí
public-lessons-and-prices = Clases y precios
public-qualifications = Formación
public-no-qualifications = No ha indicado su formación.
public-reviews = Opiniones
public-teaches-from = Enseña desde { $place }
public-teaches-in = Enseña en { $languages }
public-fact-reviews =
    { $count ->
        [one] { $count } opinión
       *[other] { $count } opiniones
    }
public-fact-lessons =
    { $count ->
        [one] clase impartida aquí
       *[other] clases impartidas aquí
    }
public-fact-students =
    { $count ->
        [one] estudiante
       *[other] estudiantes
    }
public-fact-returned = de los estudiantes repite
public-per-minutes = / { $minutes }
public-offer-trial = { $minutes }, una por estudiante. Comprueba si trabajáis bien juntos.
public-offer-lesson = { $minutes }. { $description }
public-once = una vez
public-per-lesson = por clase
public-choose-time-for = Elegir hora: { $offer }, { $minutes }
public-record = { $title }, { $place }
public-years = De { $from } a { $to }
public-years-now = Desde { $from }
public-reviews-none = Aún no hay opiniones. Se pueden escribir después de la clase.
public-reviews-all = Ver las { $count } opiniones
public-reviews-of = Opiniones sobre { $tutor }
public-first-reviews = Más recientes
public-reviews-from =
    { $count ->
        [one] de { $count } opinión
       *[other] de { $count } opiniones
    }
public-review-note =
    { $count ->
        [0] { $date }
        [one] { $count } clase · { $date }
       *[other] { $count } clases · { $date }
    }
public-stars = { $stars } de 5
public-stars-count =
    { $count ->
        [one] { $stars } estrellas: { $count } opinión
       *[other] { $stars } estrellas: { $count } opiniones
    }
public-replied = { $tutor } respondió

## Precios

public-prices-intro = Cada profesor pone sus precios. Estos son los de hoy, para una clase individual calculada a 60 minutos.
public-prices-caption = Precios por materia
public-prices-none = Aún no hay precios
public-price-typical = Hora habitual
public-price-range = Desde – hasta
public-price-between = { $from } – { $to }
public-price-trial = Clase de prueba
public-price-note-tutor = Ves el precio de cada clase antes de reservar. Al pagar no se añade nada.
public-price-note-hold = Elegir una hora no cuesta nada. Te la guardamos diez minutos mientras pagas.
public-price-note-fee = Las clases pagadas se pueden cancelar según la política de cancelación.

## La política de cancelación

public-hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
public-days =
    { $count ->
        [one] { $count } día
       *[other] { $count } días
    }
public-policy-intro = Lo que se devuelve cuando se cancela una clase. La política del día en que reservas se queda con tu pedido, aunque cambie después.
public-policy-student = Si cancelas tú
public-policy-all = Hasta { $before } antes de la clase: se devuelve todo el precio.
public-policy-all-always = En cualquier momento antes de la clase: se devuelve todo el precio.
public-policy-part = Hasta { $before } antes de la clase: se devuelve el { $percent } del precio.
public-policy-part-always = En cualquier momento antes de la clase: se devuelve el { $percent } del precio.
public-policy-late = Con menos de { $before } de antelación: no se devuelve nada.
public-policy-never = Una vez reservada, no se devuelve nada.
public-policy-example = Por ejemplo: una clase el { $time } por { $price }
public-policy-until = Cancelada hasta el { $time }
public-policy-tutor = Si cancela el profesor o la escuela
public-policy-tutor-body = Se devuelve todo el precio, sea cuando sea.
public-policy-how = Cómo vuelve el dinero
public-policy-how-body = Vuelve solo a la tarjeta con la que pagaste. Los bancos tardan hasta diez días en mostrarlo; te escribimos cuando está en camino.

## El buzón de un servidor de desarrollo

public-mailbox = Buzón
public-mailbox-empty = Aún no hay correos
public-mailbox-empty-body = Los correos que escribe este servidor aparecen aquí en lugar de enviarse.
public-mail-to = Para { $to }, { $time }
public-mail-html = El correo en HTML
public-mail-text = Como texto
public-mail-calendar = Archivo de calendario
