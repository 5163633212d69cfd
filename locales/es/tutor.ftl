### El portal de profesores. Las claves empiezan por "tutor-".

tutor-nav-home = Inicio
tutor-nav-calendar = Calendario
tutor-nav-availability = Disponibilidad
tutor-nav-offerings = Ofertas
tutor-nav-earnings = Ingresos
tutor-nav-profile = Perfil

## What every page uses

tutor-kind-one-on-one = Individual
tutor-kind-one-on-one-note = Clases con un solo alumno. Hasta seis duraciones, cada una con su precio.
tutor-kind-trial = Prueba
tutor-kind-trial-note = Una primera clase para conoceros. Una por alumno.
tutor-length-hours = { $hours } h
tutor-length = { $hours } h { $minutes } min
tutor-length-days =
    { $days ->
        [one] { $days } día
       *[other] { $days } días
    }

## What was just done

tutor-done-cancelled = Clase cancelada. El alumno recupera todo su dinero.
tutor-done-hours = Horario guardado
tutor-done-day = Día guardado
tutor-done-day-removed = Ese día vuelve a tener el horario semanal
tutor-done-draft = Borrador guardado
tutor-done-submitted = Enviada a revisión
tutor-done-withdrawn = Retirada de la revisión. Ya puedes editarla.
tutor-done-archived = Oferta archivada
tutor-done-profile = Perfil guardado
tutor-done-qualification = Formación añadida
tutor-done-qualification-removed = Formación eliminada

## Home

tutor-home-calendar = Abrir el calendario
tutor-home-next = Próxima clase
tutor-home-now = En curso
tutor-home-until = hasta las { $time }
tutor-home-lesson = { $kind }, { $length } · { $title }
tutor-home-open = Abrir la clase
tutor-home-today = Hoy
tutor-home-today-empty = Hoy no tienes clases
tutor-home-today-empty-body = Con más horas abiertas, a los alumnos les resulta más fácil encontrar un hueco.
tutor-home-later = Más adelante esta semana
tutor-home-taught-of =
    { $count ->
        [0] Ninguna
       *[other] { $taught } de { $count } impartidas
    }
tutor-home-expected = { $amount } más previstos este mes
tutor-home-to-do = Pendiente
tutor-task-changes = La escuela pide un cambio
tutor-task-changes-note = La escuela pide un cambio: { $note }
tutor-task-draft = Borrador. Envíalo a revisión para ofrecerlo.
tutor-task-hours = Hasta entonces nadie puede reservar contigo.
tutor-task-offering = Di qué enseñas y cuánto cuesta.
tutor-task-profile = Completa tu perfil
tutor-task-profile-note = Los alumnos te encuentran cuando está publicado.

## This week, on home and beside the calendar

tutor-week-this = Esta semana
tutor-week-other = En esta semana
tutor-week-lessons = Clases
tutor-week-booked = Reservado
tutor-week-booked-of = { $booked } de { $open } abiertas
tutor-week-earned = Ganado hasta ahora
tutor-week-expected = Previsto

## Calendar

tutor-calendar-month-days = { $from }–{ $to } de { $month }
tutor-calendar-days = { $from } – { $to }
tutor-calendar-views = Vista
tutor-calendar-day = Día
tutor-calendar-week = Semana
tutor-calendar-agenda = Agenda
tutor-calendar-today = Hoy
tutor-calendar-day-before = Día anterior
tutor-calendar-day-after = Día siguiente
tutor-calendar-week-before = Semana anterior
tutor-calendar-week-after = Semana siguiente
tutor-calendar-edit-hours = Editar disponibilidad
tutor-calendar-closed = Sin horas abiertas ni clases
tutor-calendar-closed-body = Los alumnos pueden reservar en las horas que tú indiques.
tutor-calendar-label = Calendario, { $days }
tutor-calendar-day-label =
    { $count ->
        [0] { $day }, sin clases
        [one] { $day }, { $count } clase
       *[other] { $day }, { $count } clases
    }
tutor-calendar-lesson = { $title }, { $when }
tutor-calendar-choose-day = Elige un día
tutor-calendar-nothing = Sin clases
tutor-calendar-whole-week = Toda la semana
tutor-calendar-week-empty = No hay clases en esta semana
tutor-calendar-week-empty-body = Las clases aparecen aquí en cuanto se pagan.
tutor-calendar-key = Leyenda
tutor-calendar-key-lesson = Clase
tutor-calendar-key-taught = Impartida
tutor-calendar-key-closed = Sin reservas

## One lesson

tutor-lesson-back = Calendario
tutor-lesson-confirmed = Confirmada
tutor-lesson-taught = Impartida
tutor-lesson-cancelled = Cancelada
tutor-lesson-cancelled-by = Cancelada por { $name }, { $when }
tutor-lesson-cancelled-at = Cancelada, { $when }
tutor-lesson-refunded = { $name } recupera { $amount }.
tutor-lesson-student = Alumno
tutor-lesson-when = Cuándo
tutor-lesson-when-hours = Zona de tu horario
tutor-lesson-kind = Clase
tutor-lesson-order = Pedido
tutor-lesson-money = Dinero
tutor-lesson-paid = Pagado por el alumno
tutor-lesson-given-back = Devuelto
tutor-lesson-commission = Parte de la escuela
tutor-lesson-share = Tu parte

tutor-cancel-title = ¿No puedes dar la clase?
tutor-cancel-hint = Si cancelas tú, el alumno siempre recupera todo su dinero.
tutor-cancel-open = Cancelar la clase
tutor-cancel-question = ¿Cancelar la clase del { $when }?
tutor-cancel-body = { $name } recupera { $amount } y recibe un correo. Tu parte de { $share } también se devuelve y la hora queda libre para reservar.
tutor-cancel-keep = Mantener la clase
tutor-cancel-button = Cancelar y devolver { $amount }
tutor-cancel-busy = Cancelando…

## Availability

tutor-hours-note = Cuándo pueden reservar contigo los alumnos, semana a semana.
tutor-hours-set = Indica tu horario semanal
tutor-hours-save = Guardar horario
tutor-hours-unsaved = Estos cambios aún no están guardados.
tutor-hours-weekly = Horario semanal
tutor-hours-midnight = 00:00 como final es medianoche. Un final anterior al inicio es del día siguiente, como mucho 12 horas después.
tutor-hours-closed = Cerrado
tutor-hours-copy = Copiar a mar–vie
tutor-hours-add = Añadir
tutor-hours-add-day = Añadir horas: { $day }
tutor-hours-remove = Quitar { $day } { $from }–{ $to }
tutor-hours-from = { $day }, desde
tutor-hours-to = { $day }, hasta
tutor-hours-next-day = día siguiente
tutor-hours-no-profile = Primero, tu perfil
tutor-hours-no-profile-body = Guarda tu perfil una vez y después indica aquí tu horario.

tutor-rules = Reglas de reserva
tutor-rules-none = Nada
tutor-rules-days = días
tutor-rules-zone-hint = El reloj en el que vale tu horario.
tutor-rules-increment = Una clase puede empezar cada
tutor-rules-increment-hint = Contado desde el inicio de tus horas.
tutor-rules-before = Libre antes de una clase
tutor-rules-after = Libre después de una clase
tutor-rules-notice = Antelación
tutor-rules-notice-hint = El tiempo mínimo entre la reserva y la clase.
tutor-rules-horizon = Reservable con
tutor-rules-horizon-hint = De 1 a 365 días desde hoy.

tutor-preview = Próximas horas libres
tutor-preview-note = Para una clase de 60 minutos, con lo que ves aquí. { $zone }
tutor-preview-empty = No hay horas libres en las próximas dos semanas.
tutor-preview-broken = Corrige el horario para verlas.

tutor-days = Días distintos
tutor-days-empty = Ninguno. Añade festivos o un día con otro horario.
tutor-days-closed = Cerrado todo el día
tutor-days-open = Otro horario
tutor-days-date = Fecha
tutor-days-what = Ese día
tutor-days-from = Desde
tutor-days-to = Hasta
tutor-days-add = Añadir día
tutor-days-remove = Quitar { $day }

## Offerings

tutor-offerings-note = Lo que los alumnos pueden reservar contigo.
tutor-offerings-empty = Todavía no hay nada que reservar
tutor-offerings-empty-body = Describe una clase, ponle precio y envíala a revisión. Cuando se apruebe, los alumnos podrán reservarla.
tutor-offerings-archived = Archivadas
tutor-offerings-row = { $kind } · { $subject }
tutor-offerings-from = desde { $amount }
tutor-status-live = Publicada
tutor-status-draft = Borrador
tutor-status-in-review = En revisión
tutor-status-needs-changes = Requiere cambios
tutor-status-archived = Archivada

tutor-offering-new = Nueva oferta
tutor-offering-new-note = La escuela la revisa antes de que la vean los alumnos.
tutor-offering-live = Publicado ahora
tutor-offering-kind = Tipo
tutor-offering-title = Título
tutor-offering-title-hint = Qué sabrán hacer los alumnos, en pocas palabras.
tutor-offering-description = Descripción
tutor-offering-description-hint = Para quién es y qué pasa en una clase.
tutor-offering-subject = Materia
tutor-offering-levels = Niveles
tutor-offering-for = { $subject } · { $levels }
tutor-offering-prices = Duraciones y precios
tutor-offering-prices-hint = De 15 a 240 minutos. Vacía una fila para quitarla; guarda para tener otra.
tutor-offering-prices-hint-trial = De 15 a 240 minutos.
tutor-offering-length = Duración
tutor-offering-length-of = Duración { $number }
tutor-offering-min = min
tutor-offering-price-of = Precio { $number }
tutor-offering-save = Guardar borrador
tutor-offering-submit = Guardar y enviar a revisión
tutor-offering-save-hint = Los alumnos la ven cuando la escuela la aprueba.
tutor-offering-save-hint-live = Lo publicado sigue igual hasta que la escuela apruebe el cambio.
tutor-offering-needs-changes = La escuela pide un cambio
tutor-offering-in-review = En revisión
tutor-offering-in-review-since = Enviada el { $when }.
tutor-offering-in-review-body = Para cambiar algo, retírala primero.
tutor-offering-withdraw = Retirar
tutor-offering-archived = Esta oferta está archivada
tutor-offering-archived-body = Ya no se puede reservar. Las clases reservadas se dan igual.

tutor-archive-title = ¿Ya no la ofreces?
tutor-archive-hint = Las clases reservadas se dan igual.
tutor-archive-open = Archivar
tutor-archive-question = ¿Archivar «{ $title }»?
tutor-archive-body = Sale del catálogo para siempre. Las clases reservadas se dan igual.
tutor-archive-keep = Mantener
tutor-archive-button = Archivar oferta

## Profile

tutor-profile-note = Lo que los alumnos leen sobre ti.
tutor-profile-public = Página pública
tutor-profile-verified = Verificado
tutor-profile-hidden = Tu perfil está publicado. Aparecerá en el catálogo cuando se apruebe una de tus ofertas.
tutor-profile-headline = Titular
tutor-profile-headline-hint = Una línea: qué enseñas y a quién.
tutor-profile-bio = Sobre ti
tutor-profile-bio-hint = Cómo enseñas y qué pueden esperar los alumnos.
tutor-profile-place = Enseñas desde
tutor-profile-place-hint = Un lugar, como «Sevilla, España».
tutor-profile-languages = Idiomas en los que enseñas
tutor-profile-published = Publicado
tutor-profile-published-hint = Visible en el catálogo. Necesita un titular, un texto sobre ti y un idioma.
tutor-profile-save = Guardar perfil

tutor-qualifications = Formación
tutor-qualifications-empty = Aún no hay nada. Los títulos, certificados y puestos dan confianza.
tutor-qualifications-title = Título o puesto
tutor-qualifications-place = Dónde
tutor-qualifications-from = Desde el año
tutor-qualifications-to = Hasta el año
tutor-qualifications-add = Añadir formación
tutor-qualifications-years = { $from }–{ $to }
tutor-qualifications-since = desde { $from }
tutor-qualifications-note = { $place }, { $years }
tutor-qualifications-remove = Quitar { $title }

## Earnings

tutor-earnings-note = Tu parte de cada clase, según la contabilidad de la escuela.
tutor-earnings-balance = Reservado para ti
tutor-earnings-balance-note = clases impartidas y por dar
tutor-earnings-taught = Ganado con clases impartidas
tutor-earnings-to-come = Previsto por clases por dar
tutor-earnings-month-note = clases de este mes
tutor-earnings-movements = Movimientos
tutor-earnings-empty = Todavía no has ganado nada
tutor-earnings-empty-body = Aquí aparece cada clase pagada, con lo que pagó el alumno y tu parte.
tutor-earnings-date = Fecha
tutor-earnings-lesson = Clase
tutor-earnings-paid = Pagado
tutor-earnings-lesson-note = { $title }, { $when }
tutor-earnings-refund = Devolución a { $name }
tutor-earnings-newest = Más recientes

## La foto

tutor-photo = Foto
tutor-photo-hint = Tu cara, con buena luz. La recortamos en un cuadrado.
tutor-done-photo = Foto subida. Se mostrará cuando la hayamos comprobado.
tutor-done-photo-removed = Foto quitada
tutor-no-subjects = Tu escuela aún no tiene materias. Pide a un administrador que las añada en Materias.
