### El portal de administración. Las claves empiezan por "admin-".

admin-nav-home = Resumen
admin-nav-approvals = Aprobaciones
admin-nav-bookings = Reservas
admin-nav-orders = Pedidos
admin-nav-ledger = Contabilidad
admin-nav-members = Miembros
admin-nav-settings = Ajustes

## Palabras de varias páginas

admin-offering = Oferta
admin-tutor = Profesor
admin-student = Estudiante
admin-subject = Materia
admin-kind = Tipo
admin-lesson = Clase
admin-what = Qué
admin-when = Cuándo
admin-order = Pedido
admin-ordered = Fecha del pedido
admin-paid = Pagado
admin-paid-with = Pagado con
admin-receipt = Recibo
admin-refunded = Devuelto
admin-refunded-part = { $amount } de vuelta
admin-kind-one-on-one = Individual
admin-kind-trial = De prueba
admin-kind-and-length = { $kind }, { $length }
admin-moment = { $date }, { $time }
admin-lesson-with = { $title } con { $tutor }
admin-see-catalogue = Ver el catálogo
admin-public-page = Página pública
admin-table = Tabla: { $title }
admin-from-day = Desde
admin-to-day = Hasta
admin-nothing-found = Nada coincide con estos filtros
admin-nothing-found-body = Cambia un filtro o quítalos todos.

## Cómo está un pedido

admin-order-pending = Pendiente de pago
admin-order-paid = Pagado
admin-order-lapsed = No pagado
admin-order-cancelled = Liberado
admin-order-partly-refunded = Devuelto en parte
admin-order-refunded = Devuelto

## Cómo está una reserva

admin-booking-confirmed = Confirmada
admin-booking-running = Ahora
admin-booking-done = Realizada
admin-booking-cancelled = Cancelada

## Resumen

admin-home-period = Del { $from } al { $to }, frente a los 30 días anteriores
admin-home-recent = Pedidos recientes
admin-home-all-orders = Todos los pedidos
admin-figure-sales = Ventas
admin-figure-commission = Comisión
admin-figure-bookings = Reservas
admin-figure-hours = Horas reservadas
admin-figure-refunded = Devuelto
admin-figure-none = Sin horas ofrecidas
admin-figure-from = antes { $before }
admin-figure-of-sales = { $percent } de las ventas
admin-figure-of-offered = de las horas ofrecidas
admin-figure-points = { $points } puntos
admin-chart-sales = Ventas por día
admin-chart-sales-label = Ventas por día, del { $from } al { $to }
admin-chart-sales-empty = Todavía no hay ventas
admin-chart-sales-empty-body = En cuanto un estudiante pague, verás aquí las ventas del día.
admin-chart-this-period = Este periodo
admin-chart-before = 30 días antes
admin-chart-open-day = Con puntos: hoy hasta las { $time }
admin-chart-open-week = Más claro: semana en curso
admin-chart-table = Mostrar como tabla
admin-chart-day = Día
admin-chart-week = Semana del
admin-chart-bookings = Reservas por semana
admin-chart-hours = Cuándo se reserva
admin-chart-hours-caption = Clases de los últimos 30 días por día de la semana y hora, hora de { $zone }
admin-chart-hours-high =
    { $count ->
        [one] { $count } clase, hora de { $zone }
       *[other] { $count } clases, hora de { $zone }
    }
admin-chart-lessons =
    { $count ->
        [0] Ninguna clase
        [one] { $count } clase
       *[other] { $count } clases
    }
admin-decisions = Esperan tu decisión
admin-decisions-all = Ver todas las aprobaciones
admin-decisions-empty = Nada espera tu decisión
admin-decisions-empty-body = Aquí verás las ofertas por aprobar y las devoluciones que fallaron.
admin-decision-new = Nueva: { $title }
admin-decision-change = Cambio: { $title }
admin-decision-offering-note = { $name }, { $kind }, enviada { $when }
admin-decision-review = Revisar
admin-decision-refund = Devolución de { $amount }
admin-decision-refund-note = { $number }, { $name }.
admin-decision-refund-failed = Ha fallado
admin-decision-look = Ver

## Aprobaciones

admin-approvals-note = Primero lo que más tiempo lleva esperando
admin-approvals-what = Qué
admin-approvals-waiting = Enviada
admin-approvals-new = Nueva
admin-approvals-change = Cambio, versión { $number }
admin-approvals-empty = Nada espera una decisión
admin-approvals-empty-body = Cuando un profesor envíe una oferta, la verás aquí hasta que la apruebes o pidas cambios.
admin-review-sent-in = Enviada por { $name } { $when }
admin-review-content = Lo que verían los estudiantes
admin-review-edits =
    { $count ->
        [0] Sin cambios
        [one] { $count } cambio
       *[other] { $count } cambios
    }
admin-review-title = Título
admin-review-description = Descripción
admin-review-levels = Niveles
admin-review-prices = Precios
admin-review-live = Publicado ahora
admin-review-proposed = Propuesto
admin-review-changed = Cambia
admin-review-not-sold = No se vende
admin-review-decision = Tu decisión
admin-review-earlier-note = Lo que pediste la última vez
admin-review-approve = Aprobar y publicar
admin-review-approving = Publicando…
admin-review-approve-hint = Los estudiantes pueden reservarla enseguida. Los pedidos anteriores conservan su precio.
admin-review-note = Qué hay que cambiar
admin-review-note-hint = El profesor lo leerá. Lo publicado sigue como está.
admin-review-send-back = Devolver con esta nota
admin-review-gone = Ya no está en revisión
admin-review-gone-title = No queda nada por decidir
admin-review-gone-body = Otra persona ya decidió o el profesor retiró la oferta. Tu decisión no ha cambiado nada.
admin-review-next = Ver lo que espera
admin-done-approved = La oferta ya es pública.
admin-done-sent-back = La oferta ha vuelto a su profesor.

## Reservas

admin-bookings-note = Primero la clase más reciente
admin-bookings-filter = Filtrar reservas
admin-bookings-search = Estudiante, profesor o clase
admin-bookings-empty = Todavía no hay reservas
admin-bookings-empty-body = Aquí verás cada clase que un estudiante reserve y pague.
admin-your-time = Tu hora
admin-tutors-time = La hora del profesor
admin-same-time = La misma
admin-booking-cancelled-by = { $name } canceló esta clase el { $when }
admin-booking-cancelled-on = Esta clase se canceló el { $when }
admin-booking-refunded = { $amount } vuelven a la tarjeta del estudiante.
admin-booking-not-refunded = No se devolvió nada.
admin-policy-of-order = Condiciones del pedido
admin-policy-until = Se devuelve el { $percent } hasta { $when }
admin-policy-after = Después no se devuelve nada
admin-policy-frozen = Estas condiciones se acordaron al hacer el pedido. Los cambios posteriores de los ajustes no las tocan.
admin-cancel-lesson = Cancelar la clase
admin-cancel-title = ¿Cancelar esta clase?
admin-cancel-which = { $student } con { $tutor }, { $when }
admin-cancel-explained = El estudiante lo recupera todo, { $amount }. Ambos reciben un correo y la hora del profesor queda libre.
admin-cancel-own = Es tu propia clase: según las condiciones del pedido se devuelven { $amount }.
admin-cancel-and-refund = Cancelar la clase y devolver { $amount }
admin-cancel-keep = Mantener la clase
admin-cancelling = Cancelando…
admin-done-cancelled = La clase está cancelada.

## Pedidos

admin-orders-note = Primero el pedido más reciente
admin-orders-filter = Filtrar pedidos
admin-orders-search = Número o estudiante
admin-orders-empty = Todavía no hay pedidos
admin-orders-empty-body = Cuando un estudiante reserve una hora para pagarla, verás aquí el pedido.
admin-order-title = Pedido { $number }
admin-order-bought = Lo comprado
admin-order-rest = Después de devoluciones
admin-order-movements = Movimientos en la contabilidad
admin-order-no-movements = No se ha movido dinero por este pedido.
admin-line-with = { $tutor } · { $what }
admin-line-tutors-time = Para el profesor { $when }
admin-to-booking = Ver la reserva
admin-payment = Pago
admin-payment-none = El estudiante no ha abierto la página de pago.
admin-payment-created = Se prepara la página de pago
admin-payment-open = La página de pago está abierta
admin-payment-succeeded = Pagado
admin-payment-expired = La página de pago se cerró sin pago
admin-payment-card = Tarjeta
admin-payment-fee = Comisión de Stripe
admin-payment-intent = Pago en Stripe
admin-payment-session = Sesión en Stripe
admin-refunds = Devoluciones
admin-refund-reason = Por qué
admin-refund-promised = Prometida
admin-refund-settled = Liquidada
admin-refund-requested = En camino
admin-refund-succeeded = Enviada
admin-refund-failed = Fallida
admin-refund-cancelled-by-student = Cancelada por el estudiante
admin-refund-cancelled-by-tutor = Cancelada por el profesor
admin-refund-cancelled-by-admin = Cancelada por la escuela
admin-refund-slot-taken = La hora estaba ocupada
admin-refund-again = Enviarla de nuevo
admin-refund-again-busy = Enviando…
admin-refund-sent-again = Enviada de nuevo, más abajo
admin-done-refund-again = La devolución está de nuevo en camino.
admin-refund-failed-title = Una devolución de este pedido falló
admin-refund-failed-body = Todavía se debe el dinero al estudiante. Envía la devolución de nuevo o busca el motivo en Stripe por el nombre que ves abajo.

## Contabilidad

admin-ledger-note = Cada movimiento de dinero, por partida doble
admin-ledger-balance = Saldos, { $currency }
admin-ledger-account = Cuenta
admin-ledger-debit = Debe
admin-ledger-credit = Haber
admin-ledger-sum = Suma
admin-ledger-zero = Los dos lados coinciden: diferencia { $amount }
admin-ledger-not-zero = Los dos lados difieren en { $amount }. Avisa al soporte de la plataforma.
admin-ledger-tutors =
    { $count ->
        [one] { $count } profesor
       *[other] { $count } profesores
    }
admin-ledger-by-tutor = Mostrar el depósito por profesor
admin-ledger-by-tutor-caption = Depósito de profesores, por profesor
admin-ledger-accounts = Asientos por cuenta
admin-ledger-transactions = Asientos
admin-ledger-empty = Todavía no hay movimientos
admin-ledger-empty-body = El primer pago abre la contabilidad.
admin-account-stripe-clearing = Dinero en Stripe
admin-account-tutor-escrow = Depósito de profesores
admin-account-tenant-revenue = Comisión
admin-account-stripe-fees = Comisiones de Stripe
admin-account-refunds-payable = Devoluciones por pagar
admin-transaction-payment = Pago
admin-transaction-stripe-fee = Comisión de Stripe
admin-transaction-refund = Devolución prometida
admin-transaction-refund-settled = Devolución enviada
admin-transaction-refund-failed = Devolución fallida

## Miembros

admin-members-note = Todas las personas con cuenta en esta escuela, primero las más recientes
admin-members-filter = Filtrar miembros
admin-members-search = Nombre o correo
admin-role = Función
admin-roles = Funciones
admin-member-since = Desde
admin-member-active = Activa
admin-member-suspended = Suspendida

## Ajustes

admin-settings-note = Lo que todos ven de la escuela y en qué condiciones vende
admin-face = La escuela
admin-face-name = Nombre
admin-face-tagline = Lema
admin-face-tagline-hint = Una línea bajo el nombre, como máximo 160 caracteres.
admin-face-brand = Color de la marca
admin-face-brand-hint = Por ejemplo #1f7a4d. De él salen los tonos claros, los oscuros y los del texto.
admin-brand-sample = Reservar
admin-face-brand-pick = Elegir un color
admin-brand-link = Todas las clases
admin-brand-badge = Nuevo
admin-brand-repair = Usar { $colour }
admin-brand-text = Texto sobre él
admin-brand-page = Sobre una página blanca
admin-brand-faint = Los botones de este color cuestan de ver sobre una página blanca. Uno más oscuro funciona mejor.
admin-contrast = { $ratio } : 1
admin-face-locale = Idioma de la escuela
admin-face-locale-hint = Para quienes no han elegido uno, y para los correos.
admin-face-locales = Idiomas que ofreces
admin-face-locales-hint = El idioma de la escuela se ofrece siempre.
admin-face-zone-hint = Para las estadísticas y para quienes no han dicho su zona.
admin-face-currency = Moneda
admin-face-currency-hint = Fija desde que se fundó la escuela.
admin-face-listed = Mostrar la escuela en el directorio de la plataforma
admin-face-listed-hint = Su dirección propia funciona en cualquier caso.
admin-face-save = Guardar los datos de la escuela
admin-done-face = Los datos de la escuela están guardados.
admin-terms = Condiciones
admin-terms-note = Los cambios cuentan para los pedidos nuevos. Cada pedido conserva las condiciones con las que se hizo.
admin-terms-commission = Comisión
admin-terms-commission-hint = La parte de la escuela en el precio de una clase; el resto es del profesor.
admin-terms-policy = Cuando un estudiante cancela
admin-terms-policy-hint = Del tramo más temprano al más tardío. Después del último no se devuelve nada. Las filas vacías no cuentan.
admin-terms-prefix = Los números de pedido empiezan por { $prefix }.
admin-terms-save = Guardar las condiciones
admin-tier-hours = Si se cancela al menos con esta antelación
admin-tier-refund = Se devuelve
admin-tier-hours-of = Tramo { $number }: horas antes de la clase
admin-tier-refund-of = Tramo { $number }: porcentaje que se devuelve
admin-hours-sign = horas
admin-percent-sign = %
admin-done-terms = Las condiciones están guardadas. Cuentan para los pedidos nuevos.

## El registro de auditoría

admin-nav-audit = Auditoría
admin-audit-note = Qué se hizo en esta escuela, quién y desde dónde. Nada se cambia ni se borra: cada entrada lleva la huella de la anterior. Los nombres de quienes piden borrar sus datos desaparecen, y una entrada lo dice.
admin-audit-filter = Filtrar el registro
admin-audit-search = Nombre, o sobre qué
admin-audit-action = Acción
admin-audit-export = Exportar como CSV
admin-audit-who = Quién
admin-audit-what = Qué
admin-audit-when = Cuándo
admin-audit-from = Desde
admin-audit-nobody = Nadie con sesión
admin-audit-details = Detalles
admin-audit-before = Antes
admin-audit-after = Después
admin-audit-number = Entrada { $number }
admin-audit-login-started = Entró
admin-audit-login-ended = Cerró la sesión de un dispositivo
admin-audit-login-all-ended = Cerró todas sus sesiones
admin-audit-password-changed = Cambió la contraseña
admin-audit-password-reset = Puso otra contraseña por correo
admin-audit-member-joined = Se unió
admin-audit-school-founded = Fundó la escuela
admin-audit-school-face-changed = Cambió la imagen de la escuela
admin-audit-school-terms-changed = Cambió las condiciones
admin-audit-offering-approved = Aprobó una oferta
admin-audit-offering-sent-back = Devolvió una oferta
admin-audit-booking-cancelled = Canceló una clase
admin-audit-refund-sent-again = Reenvió un reembolso

## Miembros: invitaciones, funciones, acceso

admin-invite = Invitar a alguien
admin-invite-note = Recibe un correo con un enlace que vale 14 días.
admin-invite-name-hint = Si lo sabes. Se puede cambiar.
admin-invite-message = Mensaje
admin-invite-message-hint = Aparece en el correo.
admin-invite-send = Enviar la invitación
admin-invitations = Invitaciones
admin-invitations-note = Quién está invitado y aún no ha venido, primero lo último
admin-invitations-empty = Nadie está pendiente
admin-invitations-empty-body = Invita por correo a profesores, estudiantes y personal. Cada cual elige su contraseña.
admin-invited-by = Invitado por
admin-invitation-until = Vale hasta
admin-invitation-over = Caducada
admin-invitation-again = Reenviar
admin-invitation-withdraw = Retirar
admin-actions = Acciones
admin-done-invited = La invitación está en camino.
admin-done-invited-again = La invitación está en camino otra vez.
admin-done-invitation-withdrawn = La invitación está retirada: su enlace ya no vale.
admin-import = Invitar a muchos
admin-import-note = Pega una lista o envía un archivo. Ves qué hace cada línea antes de enviar nada.
admin-import-rows = Una persona por línea
admin-import-hint = Nombre, correo, función. Un encabezado puede cambiar el orden de las columnas; sin función, se es estudiante. Varias funciones: profesor + estudiante.
admin-import-example = Maya Patel, maya@example.com, profesor
admin-import-file = O un archivo
admin-import-file-hint = CSV como lo escriben las hojas de cálculo, hasta 500 líneas.
admin-import-file-empty = Elige un archivo con al menos una línea.
admin-import-look = Ver la lista
admin-import-again = Ver otra vez
admin-import-correct = Corregir la lista
admin-import-result = { $ready ->
    [0] No se puede invitar a nadie
    [one] Se puede invitar a una persona
   *[other] Se puede invitar a { $ready } personas
}, { $wrong ->
    [0] ninguna línea está mal
    [one] una línea queda fuera
   *[other] { $wrong } líneas quedan fuera
}
admin-import-send = { $count ->
    [one] Invitar a una persona
   *[other] Invitar a { $count } personas
}
admin-import-line = Línea
admin-import-line-number = Línea { $number }
admin-import-ready = Lista
admin-import-twice = Ya está más arriba
admin-import-name-long = El nombre es demasiado largo
admin-import-role-unknown = Esa función no existe
admin-done-imported = Las invitaciones están en camino.
admin-role-student-hint = Reserva y paga clases.
admin-role-tutor-hint = Enseña: tiene calendario, ofertas e ingresos.
admin-role-admin-hint = Puede hacerlo todo en esta escuela.
admin-staff-role = Función del personal
admin-staff-role-none = Ninguna
admin-staff-role-hint = Qué puede hacer quien no es administrador.
admin-staff-roles = Funciones del personal
admin-roles-note = Qué puede hacer el personal que no es administrador
admin-roles-empty = Aún no hay funciones del personal
admin-roles-empty-body = Deja que contabilidad vea el libro mayor, o que recepción invite a estudiantes, sin hacerlos administradores.
admin-role-new = Nueva función del personal
admin-role-name-hint = Como Recepción o Contabilidad.
admin-role-may = Puede
admin-role-may-hint = Lo que hace falta ver para algo viene incluido.
admin-role-save = Guardar la función
admin-role-delete = Eliminar la función
admin-role-holders = { $count ->
    [0] Nadie
    [one] Una persona
   *[other] { $count } personas
}
admin-done-role-saved = La función está guardada.
admin-done-role-deleted = La función está eliminada.
admin-may-see-overview = Ver el resumen
admin-may-approve = Aprobar ofertas
admin-may-see-bookings = Ver reservas
admin-may-cancel-bookings = Cancelar reservas, con reembolso completo
admin-may-see-orders = Ver pedidos
admin-may-refund = Reenviar reembolsos fallidos
admin-may-see-ledger = Ver el libro mayor
admin-may-see-members = Ver miembros
admin-may-manage-members = Invitar, cambiar, suspender, fusionar y borrar miembros
admin-may-manage-roles = Crear y dar funciones del personal
admin-may-manage-settings = Cambiar los ajustes
admin-may-see-audit = Ver el registro de auditoría
admin-save-roles = Guardar las funciones
admin-done-roles = Las funciones están guardadas.
admin-member-facts = En esta escuela
admin-member-seen = Última visita
admin-member-not-here = Sin sesión
admin-member-upcoming = Clases por venir
admin-member-orders = Pedidos
admin-member-formerly = También fue
admin-member-access = Acceso
admin-member-sign-out = Cerrar todas sus sesiones
admin-done-signed-out = Sus sesiones están cerradas en todos los dispositivos.
admin-member-suspend = Suspender
admin-member-reinstate = Readmitir
admin-suspend-title = ¿Suspender a { $name }?
admin-suspend-body = Su sesión se cierra al momento y no puede entrar. Un profesor deja de mostrarse. No se borra nada.
admin-suspend-lessons = { $count ->
    [one] Una clase por venir sigue reservada. Cancélala en Reservas si no puede darse.
   *[other] { $count } clases por venir siguen reservadas. Cancélalas en Reservas si no pueden darse.
}
admin-suspend-reason = Motivo
admin-suspend-reason-hint = Para el registro de auditoría. No lo ve.
admin-done-suspended = El miembro está suspendido.
admin-done-reinstated = El miembro puede entrar otra vez.

admin-audit-member-invited = Invitó a alguien
admin-audit-invitation-sent-again = Reenvió una invitación
admin-audit-invitation-withdrawn = Retiró una invitación
admin-audit-member-roles-changed = Cambió funciones
admin-audit-member-suspended = Suspendió a un miembro
admin-audit-member-reinstated = Readmitió a un miembro
admin-audit-member-signed-out = Cerró las sesiones de un miembro
admin-audit-members-exported = Exportó los miembros
admin-audit-staff-role-saved = Guardó una función del personal
admin-audit-staff-role-removed = Eliminó una función del personal
admin-audit-two-step-switched-on = Activó la verificación en dos pasos
admin-audit-two-step-switched-off = Desactivó la verificación en dos pasos
admin-audit-recovery-codes-renewed = Creó nuevos códigos de recuperación
admin-audit-member-renamed = Cambió su nombre
admin-audit-sign-in-refused = Muchas contraseñas incorrectas seguidas
admin-audit-second-factor-refused = Segundo factor incorrecto cinco veces
admin-audit-passkey-added = Añadió una llave de acceso
admin-audit-passkey-removed = Quitó una llave de acceso
admin-audit-member-data-exported = Descargó todo lo que se guarda sobre sí mismo
admin-audit-invitation-erased = Borró lo que el registro decía de invitaciones
admin-audit-member-erased = Borró los datos de un miembro
admin-audit-member-merged = Unió un duplicado con un miembro
admin-audit-identity-added = Conectó una cuenta externa
admin-audit-identity-removed = Desconectó una cuenta externa
admin-audit-identity-provider-saved = Configuró dónde entran los miembros
admin-audit-identity-provider-removed = Quitó dónde entran los miembros
## Logotipo y almacenamiento

admin-logo = Logotipo
admin-logo-none = Aún no hay logotipo: en su lugar está la primera letra de la escuela.
admin-logo-hint = Mejor un símbolo cuadrado: aparece pequeño junto al nombre de la escuela.
admin-logo-alt = El logotipo de la escuela
admin-done-logo = El logotipo está subido. Se mostrará cuando lo hayamos comprobado.
admin-done-logo-removed = El logotipo está quitado.
admin-storage = Almacenamiento
admin-storage-used = { $used } de { $quota } MB
admin-storage-warning = Más del { $percent } % del almacenamiento de la escuela está en uso. Cuando se llene, no se podrán subir más archivos.
admin-audit-school-logo-sent = Subió un logotipo
admin-audit-school-logo-removed = Quitó el logotipo
admin-audit-upload-infected = Envió un archivo infectado
admin-done-imported-some = Las invitaciones están en camino. Quien recibió varias últimamente, o fue invitado ahora mismo, quedó fuera.
admin-may-impersonate = Ver el sitio como un miembro
admin-impersonate = Ayudar
admin-impersonate-body = Ve lo que ve, para saber qué falla.
admin-impersonate-open = Ver el sitio como este miembro
admin-impersonate-title = ¿Ver el sitio como { $name }?
admin-impersonate-explained = Durante media hora, y mientras tanto sales de tu propia cuenta. No puedes pagar, cancelar ni cambiar cómo entra. Lo que haces queda registrado con ambos nombres, y lo ve entre sus dispositivos.
admin-impersonate-reason-hint = Para el registro de auditoría: qué pidió.
admin-audit-member-impersonated = Vio el sitio como un miembro

## Materias y niveles

admin-nav-subjects = Materias
admin-subjects-note = Qué se puede ofrecer aquí y en qué niveles
admin-subjects = Materias
admin-subjects-hint = Cada oferta tiene una; los estudiantes filtran por ellas.
admin-subject-new = Nueva materia
admin-levels = Niveles
admin-levels-hint = Como ESO, B2 o principiante. Cada oferta puede tener varios.
admin-level-new = Nuevo nivel
admin-term-used = { $count ->
    [0] Sin uso
    [one] Una oferta
   *[other] { $count } ofertas
}
admin-term-save = Renombrar
admin-term-rename = Nombre de { $name }
admin-term-remove = Quitar { $name }
admin-done-term = Guardado.
admin-done-term-removed = Quitado.
admin-audit-catalogue-term-saved = Guardó una materia o un nivel
admin-audit-catalogue-term-removed = Quitó una materia o un nivel

## Entrada

admin-settings-school = Escuela
admin-providers = Entrada
admin-providers-note = Además de correo y contraseña, los miembros pueden entrar con una cuenta que tengan en otro sitio. Registras la escuela allí una vez.
admin-provider-open-id = OpenID Connect
admin-provider-add = Añadir { $kind }
admin-provider-members = { $count ->
    [0] nadie entra con ella todavía
    [one] un miembro entra con ella
   *[other] { $count } miembros entran con ella
}
admin-provider-on = Activa
admin-provider-off = Inactiva
admin-provider-callback = Dirección de vuelta
admin-provider-callback-hint = Regístrala allí letra por letra.
admin-provider-name = Nombre en el botón
admin-provider-name-hint = Como la llaman los miembros, por ejemplo Cuenta del campus.
admin-provider-issuer = Emisor
admin-provider-issuer-hint = La dirección del proveedor, tal como se nombra. Necesita https y una dirección pública.
admin-provider-client = ID de cliente
admin-provider-apple-client = Services ID
admin-provider-facebook-client = ID de la app
admin-provider-apple-team = Team ID
admin-provider-apple-key = Key ID
admin-provider-apple-secret = Clave privada (el contenido del archivo .p8)
admin-provider-secret = Secreto de cliente
admin-provider-secret-kept = Déjalo vacío para conservar el que nos diste. Está sellado y no se muestra más.
admin-provider-secret-none = Vacío si el proveedor no pide ninguno.
admin-provider-enabled = Los miembros la ven
admin-provider-enabled-hint = Al guardar preguntamos si el proveedor está ahí. Si el ID y el secreto son correctos se ve cuando alguien entra: pruébalo una vez.
admin-provider-save = Guardar
admin-provider-remove = Quitar
admin-provider-remove-title = ¿Quitar { $name }?
admin-provider-remove-body = { $count ->
    [0] Nadie entra con ella.
    [one] Un miembro entra con ella. Queda fuera y usa otra manera: una llave de acceso o una contraseña que elige por correo.
   *[other] { $count } miembros entran con ella. Quedan fuera y usan otra manera: una llave de acceso o una contraseña que eligen por correo.
}
admin-done-provider = Guardado.
admin-done-provider-removed = Quitado.

## Que te olviden

admin-erase-link = Borrar sus datos
admin-erase-title = Borrar los datos de { $name }
admin-erase-body = Su nombre, su correo y todo lo que escribió o envió desaparece en unos minutos. Qué se compró, cuándo y por cuánto queda en la contabilidad sin su nombre. Lo que un profesor ganó y no cobró queda por saldar con la escuela. No hay vuelta atrás.
admin-erase-reason-hint = Para el registro, por ejemplo: lo pidió por correo el 3 de mayo. Sin su nombre.
admin-erase-button = Borrar
admin-done-erased = Sus datos se están borrando. En unos minutos solo queda la contabilidad, sin su nombre.

admin-domains = Dominios
admin-domains-note = Tu escuela con un dominio propio. Sus enlaces y correos llevan a la dirección principal; las demás direcciones redirigen a ella.
admin-domain-subdomain = Siempre tuyo
admin-domain-main = Dirección principal
admin-domain-serves = Redirige a la principal
admin-domain-waiting = Aún sin demostrar
admin-domain-make-main = Hacerla la principal
admin-domain-main-title = ¿Hacer de { $host } la dirección principal?
admin-domain-main-body = Desde ahora los enlaces y los correos llevarán ahí, y tus otras direcciones redirigirán a ella.
admin-domain-main-sign-in = Quien tenga la sesión iniciada en otra dirección sigue en ella hasta cerrarla, y después entra por esta. Las llaves de acceso funcionan en la dirección donde se crearon. Si tus miembros entran con Google u otro proveedor, registra antes allí la nueva dirección.
admin-domain-host = Dominio
admin-domain-host-hint = Por ejemplo, clases.tu-escuela.com
admin-domain-add = Añadir el dominio
admin-domain-proof = Es tuyo
admin-domain-proof-unknown = Aún sin comprobar
admin-domain-proof-found = Demostrado
admin-domain-proof-missing = No hay ningún registro
admin-domain-proof-different = El registro dice otra cosa
admin-domain-proof-unanswered = Los servidores de nombres no responden
admin-dns-type = Tipo
admin-dns-name = Nombre
admin-dns-value = Valor
admin-domain-unreached = Comprobado, aún no se alcanza
admin-domain-record-apex = Un dominio sin nada delante, como tu-escuela.com, no admite CNAME en la mayoría de los registradores: usa un registro ALIAS o ANAME, o www.
admin-domain-route = Lleva hasta aquí
admin-domain-route-unknown = Aún sin comprobar
admin-domain-route-here = Sí
admin-domain-route-nowhere = No se llega por https
admin-domain-route-elsewhere = Responde otro
admin-domain-checked = Comprobado { $time }. Volvemos a mirarlo cada hora; un registro nuevo puede tardar unas horas en verse.
admin-domain-unchecked = Añade los dos registros donde tengas el dominio y compruébalo después.
admin-domain-check = Comprobar ahora
admin-domain-check-named = Comprobar { $host } ahora
admin-domain-checking = Comprobando…
admin-domain-remove = Quitar
admin-domain-remove-title = ¿Quitar { $host }?
admin-domain-remove-body = Tu escuela dejará de estar ahí de inmediato. Si era la dirección principal, volverá a serlo tu subdominio.
admin-done-domain = El dominio se ha añadido. Crea sus dos registros y compruébalo.
admin-done-domain-checked = Comprobado. Abajo está el resultado.
admin-done-address = La dirección principal ha cambiado.
admin-done-domain-removed = El dominio se ha quitado.
admin-audit-domain-added = Añadió un dominio
admin-audit-domain-proven = Se demostró un dominio
admin-audit-domain-lost = Un dominio dejó de llevar aquí o perdió su prueba
admin-audit-domain-removed = Quitó un dominio
admin-audit-school-address-changed = Cambió la dirección principal
admin-mail = Correo
admin-mail-tab = Correo
admin-mail-note = De quién vienen los correos que envía tu escuela: confirmaciones, recordatorios, invitaciones.
admin-mail-from = De
admin-mail-answers = Las respuestas llegan a
admin-mail-test = Enviarme un correo de prueba
admin-mail-name = Nombre
admin-mail-name-hint = En lugar de { $school }
admin-mail-reply-to = Adónde llegan las respuestas
admin-mail-reply-to-hint = Un buzón que alguien lea. Sin él, las respuestas llegan a la dirección del remitente.
admin-mail-own = Una dirección propia
admin-mail-own-note = Los correos pueden venir de tu propio dominio. Su DNS tiene entonces la clave que los firma (DKIM), para que los buzones confíen en ellos.
admin-mail-address = Dirección
admin-mail-address-hint = Por ejemplo clases@tu-escuela.com
admin-mail-use = Usar esta dirección
admin-mail-change = Cambiar la dirección
admin-mail-making = Creando una clave …
admin-mail-used = En uso
admin-mail-waiting = Espera su registro
admin-mail-signature = Firma
admin-mail-unchecked = Añade el registro donde está tu dominio y después comprueba. Hasta que se encuentre, los correos vienen de la dirección de la plataforma.
admin-mail-remove = Usar la dirección de la plataforma
admin-done-sender = Guardado. Los correos lo dirán desde ahora.
admin-done-sender-test = Un correo de prueba va en camino.
admin-done-sender-address = Añade a tu DNS el registro de abajo y después comprueba.
admin-done-sender-checked = Comprobado. Abajo está lo que se encontró.
admin-done-sender-removed = Los correos vienen otra vez de la dirección de la plataforma.
admin-audit-school-sender-changed = Cambió de quién vienen los correos
admin-audit-school-sender-proven = La dirección de correo quedó comprobada
admin-audit-school-sender-lost = La dirección de correo perdió su registro
admin-configuration = Configuración
admin-configuration-export = Exportar
admin-configuration-export-note = Los ajustes de la escuela en un archivo: nombre, marca, idiomas, condiciones, funciones, correo, roles del personal, documentos. No contiene secretos ni datos de nadie. La moneda, los dominios y los proveedores de acceso no se pueden trasladar y no están.
admin-configuration-download = Descargar el archivo
admin-configuration-import = Importar
admin-configuration-import-note = De otra escuela tuya o de una copia que guardaste. Ves lo que cambiaría antes de que cambie.
admin-configuration-file = Ajustes
admin-configuration-file-hint = El texto de un archivo así. Lo que no dice queda como está; los documentos pasan a ser borradores.
admin-configuration-choose = O elige el archivo
admin-configuration-look = Ver lo que cambiaría
admin-configuration-changes = { $count ->
    [one] Cambiaría un ajuste
   *[other] Cambiarían { $count } ajustes
  }
admin-configuration-setting = Ajuste
admin-configuration-before = Ahora
admin-configuration-after = Después
admin-configuration-take = Importar estos ajustes
admin-configuration-nothing = Nada
admin-done-configuration = Los ajustes se importaron.
admin-audit-school-configuration-imported = Importó ajustes
admin-features = Funciones
admin-features-note = Lo que pueden hacer los visitantes y los miembros de tu escuela
admin-features-save = Guardar
admin-feature-off = Apagado
admin-feature-decided = La plataforma lo ha decidido para tu escuela.
admin-done-features = Las funciones se han guardado.
admin-audit-school-opened = Abrió la escuela
admin-audit-school-suspended = Cerró la escuela
admin-audit-school-reinstated = Volvió a abrir la escuela
admin-audit-school-deletion-planned = Decidió eliminar la escuela
admin-audit-school-kept = Decidió conservar la escuela
admin-audit-school-exported = Descargó un archivo de la escuela
admin-audit-school-deleted = Se eliminó la escuela
admin-audit-school-quota-set = Decidió sobre el almacenamiento
admin-audit-school-flags-decided = Decidió sobre las funciones
admin-audit-school-flags-chosen = Eligió funciones
admin-audit-support-began = Entró como soporte
admin-audit-support-ended = Terminó el acceso de soporte
admin-audit-job-retried = Volvió a ejecutar una tarea
admin-audit-job-discarded = Descartó una tarea
## Unir duplicados

admin-merge-link = Unir un duplicado
admin-merge-title = Unir un duplicado con { $name }
admin-merge-note = Para quien se registró otra vez con otro correo. Lo que el duplicado compró y escribió pasa aquí.
admin-merge-search = Buscar el duplicado
admin-merge-suggested = Mismo nombre o mismo buzón
admin-merge-nobody-suggested = Nadie más tiene este nombre ni este buzón. Busca el duplicado.
admin-merge-found = Resultados
admin-merge-nobody-found = Nadie más lo tiene en su nombre o correo.
admin-merge-back = Elegir otro
admin-merge-swap = Conservar el otro
admin-merge-stays = Se queda
admin-merge-goes = Desaparece
admin-merge-not = Estos dos no se pueden unir así
admin-merge-moves = Qué pasa a { $name }
admin-merge-orders = { $count ->
    [one] Un pedido, con su recibo
   *[other] { $count } pedidos, con sus recibos
}
admin-merge-lessons = { $count ->
    [one] Una clase, pasada o por venir
   *[other] { $count } clases, pasadas y por venir
}
admin-merge-reviews = { $count ->
    [one] Una reseña
   *[other] { $count } reseñas
}
admin-merge-files = { $count ->
    [one] Un archivo
   *[other] { $count } archivos
}
admin-merge-student = { $name } pasa a ser también estudiante
admin-merge-nothing = Nada: el duplicado no compró ni escribió nada
admin-merge-settled = Qué conviene saber
admin-merge-overlapping = { $count ->
    [one] Una clase por venir coincide con otra del que se queda. Las dos siguen reservadas: cancela una en Reservas.
   *[other] { $count } clases por venir coinciden con otras del que se queda. Todas siguen reservadas: cancela las que sobren en Reservas.
}
admin-merge-trials = { $count ->
    [one] Los dos tuvieron una clase de prueba con un profesor. Cuenta una vez.
   *[other] Los dos tuvieron una clase de prueba con { $count } profesores. Cada una cuenta una vez.
}
admin-merge-photos = Los dos tienen foto. El que se queda conserva la suya y la otra se borra.
admin-merge-suspended = El duplicado está suspendido y { $name } no: podrá entrar como { $name }.
admin-merge-lost = Qué se pierde
admin-merge-login = { $email } ya no entra en nada de esta escuela y su sesión se cierra al momento. Las cuentas externas que estaban conectadas hay que conectarlas otra vez.
admin-merge-account = La contraseña y las llaves de acceso son de la cuenta: valen para otras escuelas como antes, y no para el que se queda.
admin-merge-roles = Lo que el duplicado sea además de estudiante. Al unir no se hace a nadie profesor ni personal: da los roles al que se queda si debe tenerlos.
admin-merge-body = Los dos correos reciben un aviso. No hay vuelta atrás.
admin-merge-reason-hint = Para el registro, por ejemplo: lo pidió por teléfono y conocía los dos correos.
admin-merge-button = Unir
admin-done-merged = Los dos ya son uno.
## Condiciones y tutores legales

admin-audit-policy-published = Publicó un documento
admin-audit-policy-guardian-age-changed = Cambió cuándo se pregunta a un tutor legal
admin-audit-guardian-asked = Hizo preguntar a un tutor legal
admin-audit-guardian-given = Un tutor legal dio su permiso
admin-audit-guardian-refused = Un tutor legal no dio su permiso
admin-audit-guardian-withdrawn = Un tutor legal retiró su permiso
admin-audit-guardian-age-confirmed = Anotó que un miembro tiene la edad
admin-done-policy-saved = El borrador está guardado.
admin-done-policy-published = Publicado.
admin-done-guardian-age = Guardado.
admin-done-guardian-asked = El correo al tutor legal está en camino.
admin-done-age-confirmed = Anotado: no hace falta ningún tutor legal.
admin-audit-guardian-asked-again = Volvió a enviar la pregunta a un tutor legal
