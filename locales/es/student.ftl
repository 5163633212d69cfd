### El portal del estudiante. Las claves empiezan por "student-".

student-nav-home = Inicio
student-nav-lessons = Clases
student-nav-orders = Pedidos
student-nav-find = Buscar profesor
student-nav-settings = Ajustes

## Palabras de varias páginas

student-find-tutor = Buscar profesor
student-book-lesson = Reservar una clase
student-book-again = Reservar de nuevo
student-add-to-calendar = Añadir al calendario
student-lesson = Clase
student-lesson-details = Detalles de la clase
student-to-lesson = Ver la clase
student-order = Pedido
student-when = Cuándo
student-what = Qué
student-newest = Lo más reciente
student-kind-lesson = Clase individual, { $length }
student-kind-trial = Clase de prueba, { $length }
student-with-and-what = { $tutor } · { $what }
student-time-of-tutor = Hora de { $tutor }: { $time }, { $zone }
student-status-confirmed = Confirmada
student-status-running = Ahora
student-status-done = Realizada
student-status-cancelled = Cancelada

## Inicio

student-next-lesson = Próxima clase
student-now-lesson = Clase en curso
student-upcoming = Próximas
student-past = Pasadas
student-all-lessons = Todas las clases
student-actions-of = Acciones de { $title }, { $time }
student-empty-title = No tienes clases pendientes
student-empty-body = Busca un profesor, elige un horario y paga. Después verás aquí tus clases.
student-last-title = Después no hay nada todavía
student-last-body = Reserva tu próxima clase mientras queden horarios libres.
student-empty-past-title = Todavía no hay clases pasadas
student-empty-past-body = Aquí verás las clases realizadas y las canceladas.
student-hold-title = { $when } con { $tutor } está a la espera de tu pago
student-hold-pay = Seguir con el pago de { $amount }
student-learned = Lo aprendido hasta ahora
student-hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
student-lessons-taken =
    { $count ->
        [one] { $count } clase
       *[other] { $count } clases
    }
student-your-tutors = Tus profesores
student-your-tutor = Tu profesor

## Cancelar

student-cancel-lesson = Cancelar la clase
student-cancel-title = ¿Cancelar esta clase?
student-cancel-and-refund = Cancelar la clase y devolver { $amount }
student-cancel-without-refund = Cancelar la clase sin devolución
student-cancel-busy = Cancelando…
student-cancel-keep = Mantener la clase
student-cancel-impossible = Esta clase no se puede cancelar
student-refund-now = Si cancelas ahora, vuelven { $amount } a tu tarjeta.
student-refund-now-nothing = Si cancelas ahora, no se devuelve nada.
student-refund-paid = Pagado
student-refund-kept = No se devuelve, según las condiciones de tu pedido
student-refund-back = Vuelve a tu tarjeta
student-refund-stands = Este importe es válido hasta { $when }, { $zone }.
student-cancelled-by-you = Cancelaste esta clase el { $when }
student-cancelled-by = { $name } canceló esta clase el { $when }
student-cancelled-refund = { $amount } vuelven a tu tarjeta. Puede tardar hasta diez días.
student-cancelled-no-refund = Según las condiciones de tu pedido, no se devuelve nada.
student-done-cancelled = La clase está cancelada.

## Pedidos y recibos

student-orders-note = Todos tus pedidos con su recibo
student-orders-empty-title = Todavía no hay pedidos
student-orders-empty-body = Aquí verás lo que reserves, con su recibo.
student-order-title = Pedido { $number }
student-order-what = { $title } con { $tutor }
student-order-pay = Seguir con el pago
student-order-pending = Pendiente de pago
student-order-paid = Pagado
student-order-lapsed = No pagado
student-order-cancelled = Liberado
student-order-partly-refunded = Devuelto en parte
student-order-refunded = Devuelto
student-order-refunded-part = { $amount } de vuelta
student-order-after-refunds = Después de devoluciones
student-receipt-title = Recibo { $number }
student-receipt-seller = Vendido por
student-receipt-buyer = Comprado por
student-receipt-ordered = Pedido el
student-receipt-paid = Pagado el
student-receipt-card = Tarjeta
student-receipt-print = Imprime esta página para guardar el recibo: solo se imprime el recibo.
student-refund-cancelled-by-student = Devolución, cancelada por ti
student-refund-cancelled-by-tutor = Devolución, cancelada por el profesor
student-refund-cancelled-by-admin = Devolución, cancelada por la escuela
student-refund-slot-taken = Devolución, el horario estaba ocupado
student-refund-requested = Prometida el { $date }, en camino
student-refund-succeeded = Enviada el { $date }
student-refund-failed = El banco la rechazó. La escuela lo está revisando.

## Ajustes

student-settings-you = Tú
student-settings-you-note = Los profesores ven tu nombre. Los correos llegan a esta dirección.
student-settings-zone-hint = Todas las horas de este sitio se muestran en esta zona.
student-settings-save = Guardar idioma y zona
student-done-settings = Tus ajustes están guardados.
