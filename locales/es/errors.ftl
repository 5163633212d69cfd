### Qué ha pasado, qué significa y qué hacer. La clave es el código que llevan los errores
### del servidor ("error-…"). Los argumentos vienen de FieldError::with.

## Cualquier formulario

error-required = Rellena este campo.
error-choice = Elige una de las opciones.
error-malformed = No hemos podido leer la solicitud. Recarga la página e inténtalo de nuevo.
error-too-long = Usa como máximo { $max } caracteres.
error-too-short = Usa al menos { $min } caracteres.
error-too-small = Introduce como mínimo { $min }.
error-too-large = Introduce como máximo { $max }.
error-not-a-number = Introduce un número entero.
error-amount = Introduce un importe como { $example }.
error-date = Introduce una fecha.
error-time = Introduce una hora como 17:30.
error-url = Introduce una dirección web completa que empiece por https://.
error-taken = Ya está en uso. Elige otro.
error-zone = Elige una zona horaria de la lista.
error-language = Elige un idioma de la lista.
error-currency = Elige una moneda de la lista.
error-colour = Introduce un color como #1f7a4d.
error-slug = Usa de 3 a 40 letras minúsculas, cifras y guiones.
error-slug-taken = Esta dirección ya está en uso. Elige otra.

## Cuentas

error-email = Introduce un correo electrónico como nombre@example.com.
error-password-short = Usa al menos { $min } caracteres en la contraseña.
error-password-long = Usa como máximo { $max } caracteres en la contraseña.
error-password-common = Esta contraseña es demasiado fácil de adivinar. Elige otra.
error-password-breached = Esta contraseña aparece en listas de contraseñas robadas. Elige otra.
error-password-same = Esta es tu contraseña actual. Elige otra.
error-password-wrong = Esta no es tu contraseña actual.
error-code-wrong = Este no es el código que enviamos. Revisa las ocho cifras.
error-proof-over = Este código es demasiado antiguo, ya se usó o falló demasiadas veces. Empieza de nuevo para recibir otro.
error-reset-over = Este enlace es demasiado antiguo o ya se usó. Pide otro.
error-sign-in = El correo electrónico o la contraseña no son correctos.
error-challenge-over = Tardó demasiado, ya se hizo o falló demasiadas veces. Empieza de nuevo.
error-factor-wrong = Este código es incorrecto o ya se usó. La app muestra uno nuevo cada medio minuto.
error-passkey = No se pudo usar la llave de acceso. Inténtalo de nuevo o elige otra forma.
error-too-many-passkeys = Tienes aquí todas las llaves de acceso que podemos guardar. Quita una primero.
error-erase-email = Este no es el correo de tu cuenta aquí.
error-erase-lessons = Quedan clases por dar. Hay que cancelarlas antes o esperar a que pasen.
error-erase-money = Hay un pago o un reembolso en curso. Inténtalo cuando esté resuelto.
error-erase-earnings = Quedan ganancias sin pagar. Pregunta a la escuela: las salda y borra tus datos.
error-two-step-on = La verificación en dos pasos ya está activada.
error-identity-cancelled = Has vuelto sin entrar allí.
error-identity-unavailable = El otro sitio no responde. Inténtalo más tarde o usa otra manera.
error-identity-settings = La entrada por ese sitio no está bien configurada. Avisa a la escuela y usa otra manera.
error-identity-refused = La respuesta del otro sitio no es la que pedimos. Empieza de nuevo.
error-identity-taken = Alguien de esta escuela ya entra con esa cuenta.
error-identity-other = Ya estás conectado con otra cuenta de allí. Desconéctala primero.
error-identity-brand = Google, Apple y Facebook tienen su propio formulario: vuelve y añade ese.
error-identity-only-way = Es tu única manera de entrar. Elige antes una contraseña.
error-identity-preset = Este proveedor tiene su propio formulario: vuelve y añade ese.
error-identity-check = El proveedor no superó la prueba: { $why }.
error-identity-known = Este proveedor ya está configurado.
error-identity-secret-again = El emisor es otro: escribe su secreto.
error-apple-id = Diez letras y cifras, como las muestra Apple.
error-too-many-providers = Tienes tantos como puede haber. Quita uno primero.
error-changed-meanwhile = Alguien lo ha cambiado entretanto. Ábrelo de nuevo.

## La solicitud entera

error-invalid = Revisa los campos marcados.
error-unauthenticated = Inicia sesión para continuar.
error-not-found = No lo hemos encontrado. Puede que se haya eliminado.
error-conflict = Esto ha cambiado mientras tanto. Recarga la página e inténtalo de nuevo.
error-rate-limited =
    { $seconds ->
        [one] Demasiados intentos. Espera { $seconds } segundo e inténtalo de nuevo.
       *[other] Demasiados intentos. Espera { $seconds } segundos e inténtalo de nuevo.
    }
error-unavailable = Esto no funciona en este momento. Inténtalo de nuevo en unos minutos.
error-network = No hemos podido conectar con el servidor. Comprueba tu conexión e inténtalo de nuevo.
error-internal = Algo ha fallado por nuestra parte. No se ha perdido nada; inténtalo de nuevo.

## Reservas

error-slot-taken = Otra persona acaba de reservar esta hora. Elige otra.
error-slot-outside-hours = El profesor no da clase a esta hora. Elige otra.
error-slot-too-soon = Falta muy poco para esta hora. Elige una más tarde.
error-slot-too-far = Esta hora queda demasiado lejos. Elige una más cercana.
error-slot-yours = Ya tienes guardado un horario que coincide con este.
error-lesson-overlaps = Ya tienes otra clase a esta hora. Elige otra.
error-too-many-holds = Ya tienes tres horarios guardados. Paga uno o libera uno primero.
error-trial-used = Ya hiciste tu clase de prueba con este profesor. Reserva una clase normal.
error-own-lesson = No puedes reservar una clase contigo mismo.
error-offer-changed = Esta oferta ha cambiado desde que abriste la página. Mira en la página del profesor lo que ofrece ahora.
error-booking-cancelled = Esta clase ya está cancelada.
error-lesson-started = Esta clase ya ha empezado, así que no se puede cancelar.
error-refund-changed = Entretanto ha pasado un plazo y se devuelve otro importe. No se ha cancelado nada: mira el nuevo importe y decide de nuevo.
error-hold-expired = No hemos podido guardarte la hora por más tiempo. Elígela de nuevo si sigue libre.
error-order-paid = No queda nada por pagar en este pedido.
error-payment-down = El servicio de pago no responde en este momento. Tu hora sigue reservada: inténtalo de nuevo enseguida.
error-refund-bound = Se reembolsaría más de lo que se pagó.
error-refund-not-open = Este reembolso ya se envió de nuevo o no ha fallado. No se ha enviado nada.

## Horario de trabajo

error-window-weekday = Elige un día de la semana.
error-window-empty = El final debe ser posterior al inicio.
error-window-too-long = Este horario es demasiado largo. Divídelo en dos.
error-window-step = Usa horas de cinco en cinco minutos, como 17:05.
error-window-overlap = Este horario coincide con otro.

## Política de cancelación

error-policy-order = Cada tramo debe estar más cerca de la clase que el anterior.
error-policy-too-early = Un tramo puede estar como máximo a un año de la clase.
error-policy-more-than-paid = El reembolso no puede superar lo pagado.
error-policy-rising = Un tramo posterior no puede reembolsar más que el anterior.

## Teaching: offerings, profile, hours, settings

error-colour-pale = Este color apenas se ve sobre una página blanca. Elige uno más oscuro.
error-date-far = Elige una fecha de los próximos dos años.
error-date-past = Esta fecha ya ha pasado.
error-duration = Escribe de 15 a 240 minutos, de cinco en cinco.
error-duration-twice = Esta duración ya está en la lista.
error-offering-archived = Esta oferta está archivada.
error-offering-in-review = Esta oferta está en revisión. Retírala antes de cambiarla.
error-offering-not-in-review = Esta oferta ya no espera una decisión.
error-offering-nothing-open = No hay nada que enviar: la versión publicada es la última.
error-percent = Escribe un porcentaje de 0 a 100.
error-price = Escribe un precio como 32,00.
error-price-least = Escribe al menos { $least }: con tarjeta no se puede pagar menos.
error-price-most = Escribe como máximo { $most }.
error-price-step = Escribe un múltiplo de { $step }.
error-range = Escribe un número de { $min } a { $max }.
error-required-to-publish = Rellénalo antes de publicar.
error-review-stale = El profesor lo ha cambiado entretanto. Mira la versión nueva y decide de nuevo.
error-too-many = Usa como máximo { $max }.
error-too-many-exceptions = Tienes tantas fechas como podemos guardar. Quita antes las pasadas.
error-year = Escribe un año como 2019.
error-year-order = El final no puede ser anterior al principio.

## Miembros y funciones

error-choose-one = Elige al menos una opción.
error-grant-too-much = No puedes dar más permisos de los que tienes.
error-invitation-over = Esta invitación ya se aceptó, se retiró o caducó. Pide otra a la escuela.
error-invited-already = Esta dirección ya está invitada. Vuelve a enviar esa invitación.
error-last-admin = La escuela necesita al menos un administrador que pueda entrar.
error-member-exists = Ya hay un miembro con esta dirección.
error-member-outranks = No puedes hacer esto a alguien con más permisos que tú.
error-nobody-to-invite = En esta lista no queda nadie por invitar.
error-role-has-lessons = { $lessons ->
    [one] Queda una clase por dar. Cancélala antes de quitar esta función.
   *[other] Quedan { $lessons } clases por dar. Cancélalas antes de quitar esta función.
}
error-role-held = Alguien tiene esta función o está invitado a ella. Dale otra primero.
error-role-name-taken = Otra función tiene este nombre.
error-suspend-oneself = No puedes suspenderte a ti mismo.
error-suspended = Tu membresía está suspendida. Pregunta a la escuela.
error-too-many-lines = Usa como máximo { $max } líneas y 256 KB. Divide la lista.
error-too-many-roles = Tienes todas las funciones que podemos guardar. Quita una primero.
## Archivos

error-file-missing = Elige un archivo.
error-file-broken-off = El archivo no llegó completo. Envíalo otra vez.
error-file-too-large = Este archivo es demasiado grande. Envía uno de como mucho { $max } MB.
error-file-picture = Esto no es una imagen JPEG, PNG o WebP. Elige otro archivo.
error-file-kind = No aceptamos archivos de este tipo. Envía un PDF, una imagen, un texto o un ZIP.
error-file-held = Este archivo no está disponible.
error-picture-too-large = Esta imagen tiene demasiados píxeles. Envía una de como mucho 64 megapíxeles.
error-picture-too-small = Esta imagen es demasiado pequeña. Envía una de al menos 32 píxeles por lado.
error-storage-full = El almacenamiento de la escuela está lleno. Pide a un administrador que haga sitio.
error-list-changed = Mientras tanto esta lista invita a otras personas que las que viste. Mírala otra vez.
error-own-offering = Esta oferta es tuya. Tiene que decidir otra persona.
error-impersonating = Solo ves el sitio como este miembro. Esto tiene que hacerlo en persona.
error-member-suspended = Este miembro está suspendido.
error-merged = Tienes otra cuenta en esta escuela, que reúne todo lo de esta. Entra con tu otro correo o pregunta a la escuela.
error-merge-oneself = No puedes hacerte desaparecer a ti mismo. Quédate tú o pide a otra persona que lo haga.
error-merge-suspended = El que se queda está suspendido. Déjalo entrar antes o conserva el otro.
error-merge-own-lessons = Uno de los dos compró clases al otro. Siguen siendo dos.
error-merge-tutors = Los dos tienen página de profesor. Los calendarios, las ofertas y las ganancias no se pueden unir.
error-merge-tutor = El que desaparece tiene página de profesor, y su calendario, sus ofertas y sus ganancias no se pueden mover. Conserva ese.
error-own-admin = No puedes quitarte esta función. Pídelo a otro administrador.
error-term-letters = Usa al menos una letra o un dígito.
error-term-used = Una oferta lo usa. Cámbiale el nombre, o cambia antes la oferta.
error-too-many-terms = Tienes todo lo que podemos guardar. Quita algo primero.
error-domain = Escribe un dominio completo, por ejemplo clases.tu-escuela.com.
error-domain-ours = Esta dirección es de la plataforma.
error-domain-known = Este dominio ya está en tu lista.
error-domain-taken = Otra escuela ha demostrado que este dominio es suyo.
error-too-many-domains = Una escuela tiene como mucho 10 dominios.
error-domain-unproven = No se encontró el registro que demuestra que este dominio es tuyo.
error-domain-astray = Este dominio aún no lleva hasta nosotros, así que nadie encontraría tu escuela ahí.
error-operator-two-step = Activa antes la verificación en dos pasos.
error-founding-closed = Ahora mismo no se abren escuelas nuevas.
error-sign-up-closed = Los miembros nuevos solo entran por invitación. Pídele una a la escuela.
error-payments-paused = Las reservas y los pagos están en pausa. Inténtalo más tarde.
error-uploads-paused = Ahora mismo no se pueden enviar archivos. Inténtalo más tarde.
error-school-deleted = Esta escuela se eliminó.
error-school-closed = Esta escuela está cerrada.
error-slug-mistyped = Este no es el subdominio de la escuela.
error-between = Entre { $min } y { $max }.
error-job-gone = Esta tarea está en marcha o ya no existe.
error-support-member = Eres miembro de esta escuela: inicia sesión en ella.
error-link-over = Este enlace ha caducado o ya se usó. Crea uno nuevo.

## Consentimiento

error-consent = Falta algo antes de que puedas reservar o pagar. Abre tu cuenta para ver qué.
error-agree = Marca la casilla para seguir.
error-policy-newer = Mientras tanto se ha publicado una versión más reciente. Léela y marca la casilla otra vez.
error-age = Di si tienes { $age } años o más.
error-age-staff = Quien enseña o trabaja aquí tiene { $age } años o más: di que los tienes.
error-guardian-own = Este es tu propio correo. Escribe el de tu padre, madre o tutor legal.
error-guardian-over = Este enlace se usó, es demasiado antiguo o hay otro en un correo más reciente.
error-guardian-decided = El tutor legal ya ha decidido. Si fue un error, escribe a la escuela.
error-is-guardian = Marca la casilla si eres el padre, la madre o el tutor legal.
error-policy-own-language = Escribe el texto en el idioma propio de la escuela.
error-policy-draft-changed = Mientras tanto el borrador se ha cambiado o publicado. Míralo otra vez.
error-policy-same = El borrador dice lo mismo que la versión publicada.
error-merge-guardian = Quien desaparece tiene el consentimiento de un tutor legal, o lo pidió. Conserva a esta persona y fusiona la otra con ella.
error-member-oneself = Esto lo decide otra persona de la escuela.
error-one-line = Esto debe ser una sola línea.
error-configuration = Esto no se puede leer: { $problem }
error-configuration-format = No es un archivo de ajustes: falta "wemaster_configuration": 1.
error-configuration-wrong = Una parte no se puede aceptar, así que no se importa nada. Junto a cada ajuste está lo que falla.
error-configuration-same = No cambiaría nada: los ajustes ya están así.
error-configuration-unseen = Mira lo que cambiaría y después impórtalo.
error-feature-decided = La plataforma lo decidió para tu escuela.
error-slug-reserved = La plataforma se reserva esta dirección. Elige otra.
error-school-has-admin = Alguien ya dirige esta escuela: puede invitar a otros.
error-merge-visitor = Alguien del soporte de la plataforma no es el duplicado de nadie.
error-member-visitor = Quien viene de la plataforma a ayudar no tiene ningún rol: su acceso termina solo.
