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

## Entrar

mail-code-subject = Tu código para { $school }
mail-code-intro = Con este código creas tu cuenta en { $school }. Escríbelo donde te registraste; vale durante 30 minutos.
mail-code-ignore = ¿No lo has pedido tú? No hagas nada: sin el código no pasa nada. No se lo digas a nadie.
mail-found-subject = Tu código para abrir tu escuela
mail-found-intro = Con este código abres tu escuela. Escríbelo donde rellenaste el formulario; vale durante 30 minutos.
mail-fact-code = Código
mail-button-code = Escribir el código
mail-known-subject = Ya tienes cuenta en { $school }
mail-known-heading = Ya tienes cuenta
mail-known-intro = Hola, { $name }: alguien quiso crear una cuenta en { $school } con tu correo. Ya tienes una: entra con tu contraseña.
mail-known-forgot = Si la has olvidado, elige otra desde la página de entrada. Si no fuiste tú, no hagas nada.
mail-button-sign-in = Entrar
mail-reset-subject = Elige una contraseña nueva para { $school }
mail-reset-heading = Elige una contraseña nueva
mail-reset-intro = Hola, { $name }: con este enlace eliges una contraseña nueva. Vale una vez, durante 30 minutos.
mail-reset-ignore = ¿No lo has pedido tú? No hagas nada: tu contraseña sigue igual.
mail-button-reset = Elegir una contraseña nueva
mail-access-hello = Hola, { $name }.
mail-access-not-you = ¿No fuiste tú? Elige enseguida una contraseña nueva y avisa a la escuela.
mail-access-password = Tu contraseña ha cambiado
mail-access-password-intro = La contraseña de tu cuenta ha cambiado y los demás dispositivos han salido.
mail-access-two-step-on = La verificación en dos pasos está activada
mail-access-two-step-on-intro = Se activó la verificación en dos pasos en tu cuenta y los demás dispositivos han salido.
mail-access-two-step-off = La verificación en dos pasos está desactivada
mail-access-two-step-off-intro = Se desactivó la verificación en dos pasos en tu cuenta: desde ahora basta la contraseña para entrar.
mail-access-recovery-codes = Hay nuevos códigos de recuperación
mail-access-recovery-codes-intro = Se crearon nuevos códigos de recuperación para tu cuenta. Los anteriores ya no valen.
mail-access-recovery-code-used = Se usó un código de recuperación
mail-access-recovery-code-used-intro = Uno de tus códigos de recuperación se usó para entrar o para confirmar un cambio. Ya no sirve; en «Acceso y seguridad» ves cuántos quedan y puedes crear otros.
mail-access-passkey-added = Se añadió una llave de acceso
mail-access-passkey-added-intro = Se añadió una llave de acceso a tu cuenta: permite entrar sin la contraseña.
mail-access-passkey-removed = Se quitó una llave de acceso
mail-access-passkey-removed-intro = Se quitó una llave de acceso de tu cuenta.
mail-access-identity-added = Otra cuenta tuya te deja entrar
mail-access-identity-added-intro = Tu cuenta está conectada con otra que tienes en otro sitio: quien entra allí, entra aquí. Si no fuiste tú, desconéctala en «Acceso y seguridad» y elige una contraseña nueva.
mail-access-identity-removed = Una cuenta externa está desconectada
mail-access-identity-removed-intro = Una cuenta externa ya no te permite entrar aquí.
mail-access-wrong-codes = Códigos erróneos al entrar con tu cuenta
mail-access-wrong-codes-intro = Alguien pasó el primer paso para entrar como tú, con tu contraseña o con una cuenta que tienes en otro sitio, y después escribió varias veces códigos erróneos. No entró, gracias a la verificación en dos pasos.
mail-button-new-password = Elegir una contraseña nueva
mail-merged-subject = Tus dos cuentas en { $school } ya son una
mail-merged-heading = Tus dos cuentas ya son una
mail-merged-stays-intro = Hola, { $name }: tenías dos cuentas en { $school } y la escuela las ha unido. Esta es la que se queda: entra con este correo, como antes.
mail-merged-stays-then = Aquí están tus clases, pedidos y recibos de las dos.
mail-merged-goes-intro = Hola, { $name }: tenías dos cuentas en { $school } y la escuela las ha unido. La de este correo se ha cerrado: entra allí con tu otro correo.
mail-merged-goes-then = Tus clases, pedidos y recibos están todos en la otra cuenta. En otras escuelas no cambia nada.
mail-merged-ask = ¿Solo tienes una, o no sabes cuál es el otro correo? Pregunta a { $school }.
mail-merged-known-subject = Tienes otra cuenta en { $school }
mail-merged-known-heading = Entra con tu otro correo
mail-merged-known-intro = Hola, { $name }: alguien quiso entrar en { $school } con este correo. La cuenta de este correo se unió allí con tu otra: entra con tu otro correo o elige para esa una contraseña nueva.
mail-footer-member = Recibes este correo porque eres miembro de { $school }.
mail-footer-access = Recibes este correo porque tu dirección se usa en { $school }.

## Invitaciones

mail-invitation-subject = { $inviter } te invita a { $school }
mail-invitation-heading = Únete a { $school }
mail-invitation-intro = { $inviter } te invita a { $school }.
mail-invitation-how = El botón lleva a la página donde aceptas. Vale hasta el { $until } y solo para ti: no reenvíes este correo.
mail-fact-as = Como
mail-button-invitation = Ver la invitación
mail-domain-astray = { $host } ya no lleva a tu escuela
mail-domain-astray-intro = Hemos consultado { $host } durante varias horas y no llevaba hasta nosotros. Para que nadie acabe en una página que no existe, los enlaces y los correos vuelven a llevar a tu subdominio. Cuando el dominio lleve de nuevo hasta nosotros, podrás volver a elegirlo como dirección de tu escuela.
mail-domain-unproven = Ya no está la prueba de { $host }
mail-domain-unproven-intro = El registro que demuestra que { $host } es de tu escuela falta en su DNS desde hace tres días, así que tu escuela ya no se muestra ahí. Vuelve a poner el registro, compruébalo de nuevo y volverá a estarlo.
mail-sender-lost = Tu propia dirección de correo ya no se usa
mail-sender-lost-intro = El registro con la clave que firma tus correos ya no está en el DNS de tu dominio. Para que los correos sigan llegando, vienen otra vez de la dirección de la plataforma. Vuelve a poner el registro y tu dirección se usará de nuevo en una hora.
mail-sender-test = Así llegan tus correos
mail-sender-test-intro = Pediste este correo para ver de quién viene. Si acabó entre el correo no deseado, una dirección de tu propio dominio ayuda.
mail-erased = Tus datos se han borrado
mail-erased-intro = Tus datos en { $school } se han borrado. Lo que se vendió, cuándo y por cuánto se conserva sin tu nombre, como pide la ley. Ya no puedes entrar allí.
mail-erased-footer = Este es el último correo de { $school } a esta dirección. La dirección tampoco se conserva.
mail-access-wrong-passwords = Contraseñas incorrectas al entrar en tu cuenta
mail-access-wrong-passwords-intro = Alguien probó contraseñas incorrectas para tu cuenta, muchas veces seguidas. No entró, y cada nuevo intento tiene que esperar. Si no fuiste tú, una contraseña que no uses en ningún otro sitio y la verificación en dos pasos te protegen.
mail-button-sender = Ajustes del correo
mail-button-domains = Ver tus dominios
mail-footer-admin = Recibes este correo porque diriges { $school }.
mail-fact-reason = Motivo
mail-fact-until = Hasta
mail-fact-deleted-at = Se elimina el
mail-button-school = Abrir la escuela
mail-button-audit = Ver el registro
mail-button-storage = Ver qué se guarda
mail-school-suspended = Tu escuela está cerrada
mail-school-suspended-intro = La plataforma ha cerrado tu escuela: de momento nadie puede entrar. No se ha borrado nada y el dinero pendiente se sigue liquidando. Responde a este correo si quieres hablarlo.
mail-school-reinstated = Tu escuela vuelve a estar abierta
mail-school-reinstated-intro = La plataforma ha vuelto a abrir tu escuela. Todo sigue como estaba.
mail-school-leaving = Tu escuela se va a eliminar
mail-school-leaving-intro = La plataforma ha cerrado tu escuela y eliminará todo lo suyo el día indicado, también los libros y los archivos. Hasta entonces se puede deshacer: responde a este correo, también si quieres una copia de tus datos.
mail-school-kept = Tu escuela no se eliminará
mail-school-kept-intro = Tu escuela se conserva. Sigue cerrada hasta que la plataforma vuelva a abrirla.
mail-support = Ha entrado el soporte de la plataforma
mail-support-intro = { $name } es personal de tu escuela durante una hora, para ayudar. Tu registro cuenta lo que hace, y puedes suspenderlo en su página de miembro.
mail-storage = Se usa el { $percent } % de tu almacenamiento
mail-storage-intro = Tu escuela usa más del { $percent } % de lo que puede guardar. Cuando se llene, no se podrán enviar más archivos. Elimina lo que ya no necesites o pide más a la plataforma.
