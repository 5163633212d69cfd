### Correos: asuntos y textos. Las claves empiezan por "mail-".

## Una clase está reservada

mail-confirmed-student-subject = Reservada: { $title } con { $tutor }, { $when }
mail-confirmed-student-heading = Tu clase está reservada
mail-confirmed-student-intro = Hola, { $name }: hemos recibido tu pago y la hora es tuya. El archivo adjunto añade la clase a tu calendario.
mail-confirmed-student-cancel = Puedes cancelar sin coste hasta el { $until }.
mail-confirmed-tutor-subject = Nueva clase: { $title } con { $student }, { $when }
mail-confirmed-tutor-heading = Tienes una nueva clase
mail-confirmed-tutor-intro = Hola, { $name }: { $student } ha reservado y pagado una clase contigo. El archivo adjunto la añade a tu calendario.

## Una clase se cancela

mail-cancelled-subject = Cancelada: { $title }, { $when }
mail-cancelled-heading = La clase no se celebrará
mail-cancelled-by-you = Hola, { $name }: has cancelado esta clase. El archivo adjunto la quita de tu calendario.
mail-cancelled-by-tutor = Hola, { $name }: { $tutor } ha tenido que cancelar esta clase. El archivo adjunto la quita de tu calendario.
mail-cancelled-by-student = Hola, { $name }: { $student } ha cancelado esta clase. El archivo adjunto la quita de tu calendario.
mail-cancelled-by-school = Hola, { $name }: { $school } ha cancelado esta clase. El archivo adjunto la quita de tu calendario.
mail-cancelled-refund = Devolvemos { $amount } a la tarjeta con la que pagaste. Te escribiremos cuando el dinero esté en camino.
mail-cancelled-no-refund = Según la política de cancelación con la que reservaste, tan cerca de la clase no corresponde ningún reembolso.
mail-cancelled-tutor-free = La hora vuelve a estar libre para otros estudiantes.

## El dinero vuelve

mail-refunded-subject = { $amount } de { $school } van de vuelta a tu tarjeta
mail-refunded-heading = { $amount } van de vuelta a tu tarjeta
mail-refunded-intro = Hola, { $name }: hemos reembolsado tu pago de «{ $title }». Tu banco suele mostrarlo en un plazo de 5 a 10 días.
mail-late-subject = Reembolso completo: { $title } ya no estaba libre
mail-late-heading = No hemos podido reservar tu clase
mail-late-intro = Hola, { $name }: tu pago llegó demasiado tarde: ya no era posible reservar esa hora.
mail-late-refund = Te devolvemos { $amount }, el importe completo, sin que tengas que hacer nada. Tu banco suele mostrarlo en un plazo de 5 a 10 días.
mail-late-times = Próximas horas libres con { $tutor } ({ $zone }):

## Datos

mail-fact-lesson = Clase
mail-fact-tutor = Profesor
mail-fact-student = Estudiante
mail-fact-when = Cuándo
mail-fact-paid = Pagado
mail-fact-refund = Reembolso
mail-fact-order = Pedido
mail-when = { $day }, { $hours }, { $zone }
# La tarjeta a la que se cobró o a la que vuelve el dinero.
mail-paid-with = { $amount }, { $brand } terminada en { $last4 }

## Lo que muestra el calendario

mail-event-student = { $title } con { $tutor }
mail-event-tutor = { $title } con { $student }

## Botones

mail-button-lesson = Ver la clase
mail-button-find = Buscar otra hora
mail-button-calendar = Abrir el calendario
mail-button-order = Ver el pedido
mail-button-other-time = Elegir otra hora

mail-footer = Recibes este correo por una clase o un pedido tuyo en { $school }.
