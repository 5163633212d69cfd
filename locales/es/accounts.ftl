### Inicio de sesión, registro, contraseñas y verificación. Las claves empiezan por "accounts-".

accounts-sign-in-title = Entra en { $name }
accounts-sign-in-new = ¿Primera vez aquí?
accounts-sign-in-create = Crea una cuenta
accounts-sign-in-button = Entrar
accounts-sign-up-title = Crea tu cuenta en { $name }
accounts-sign-up-known = ¿Ya tienes cuenta?
accounts-sign-up-button = Crear cuenta
accounts-sign-up-password-hint = Al menos 10 caracteres. Unas cuantas palabras se recuerdan mejor que los símbolos.
accounts-sign-up-elsewhere = ¿Tienes cuenta en otra escuela de WeMaster? Regístrate con el mismo correo; su contraseña no cambia.
accounts-forgot-link = ¿Has olvidado tu contraseña?

## El código que demuestra un correo

accounts-confirm-title = Mira tu correo
accounts-confirm-sent = Hemos enviado un código de ocho cifras a { $email }. Vale durante 30 minutos, en este navegador.
accounts-confirm-code = Código
accounts-confirm-hint = Ocho cifras. Mira también en el correo no deseado.
accounts-confirm-button = Confirmar
accounts-confirm-resend = Enviar el código otra vez
accounts-confirm-other = Usar otro correo
accounts-confirm-mailbox = Desarrollo: no sale ningún correo.
accounts-confirm-over-title = Este código ya no vale
accounts-confirm-over-body = Empieza de nuevo para recibir otro.
accounts-confirm-again = Empezar de nuevo
accounts-done-resent = Hemos enviado el código otra vez.
accounts-done-joined = Ya eres de la escuela. Entra en la cuenta que tienes; si no tiene contraseña, elige una en «¿Has olvidado tu contraseña?».

## Una contraseña nueva

accounts-forgot-title = ¿Has olvidado tu contraseña?
accounts-forgot-body = Escribe el correo de tu cuenta. Te enviamos un enlace con el que eliges una contraseña nueva.
accounts-forgot-button = Enviar el enlace
accounts-forgot-sent = Si hay una cuenta con este correo, el enlace está en camino. Vale una vez, durante 30 minutos. Mira también en el correo no deseado.
accounts-done-reset-sent = El enlace está en camino.
accounts-reset-title = Elige una contraseña nueva
accounts-reset-body = Se cierran todas tus sesiones, y entras con la nueva.
accounts-reset-password = Contraseña nueva
accounts-reset-button = Guardar la contraseña
accounts-reset-over-title = Este enlace ya no vale
accounts-reset-again = Pedir otro enlace
accounts-done-reset = Tu contraseña ha cambiado. Entra con ella.

## Contraseña y dispositivos

accounts-security-title = Acceso y seguridad
accounts-you-title = Tú
accounts-you-email = Entras con { $email }.
accounts-done-renamed = Tu nombre ha cambiado.
accounts-password-title = Contraseña
accounts-password-body = Es la misma en todas las escuelas de WeMaster. Al cambiarla se cierran las demás sesiones.
accounts-password-old = Contraseña actual
accounts-password-button = Cambiar la contraseña
accounts-done-password = Tu contraseña ha cambiado. Las demás sesiones están cerradas.
accounts-devices-title = Dónde tienes la sesión abierta
accounts-devices-body = Cierra la sesión de lo que no conozcas, y cambia entonces tu contraseña.
accounts-device = { $browser } en { $system }
accounts-device-unknown = Dispositivo desconocido
accounts-device-seen = Último uso: { $time }
accounts-device-from = { $seen }, desde { $address }
accounts-device-here = Este dispositivo
accounts-device-end = Cerrar sesión
accounts-device-end-named = Cerrar la sesión de { $device }
accounts-devices-end-all = Cerrar todas las sesiones
accounts-done-ended = La sesión de ese dispositivo está cerrada.
accounts-done-ended-all = Todas tus sesiones están cerradas.

## Invitaciones

accounts-invitation-title = Únete a { $name }
accounts-invitation-lead = { $inviter } te invita como: { $roles }.
accounts-invitation-known = Ya tienes una cuenta en WeMaster con este correo. Su contraseña no cambia: a continuación entras con ella.
accounts-invitation-name-hint = Como te ven los demás en la escuela.
accounts-invitation-button = Unirme a { $name }
accounts-invitation-over-title = Esta invitación ya no vale

## Verificación en dos pasos

accounts-two-step-title = Verificación en dos pasos
accounts-two-step-body = Además de la contraseña, una app del móvil muestra un código al entrar. Nadie entra solo con tu contraseña.
accounts-two-step-begin = Configurarla
accounts-two-step-again = Seguir configurándola
accounts-two-step-on = Activada
accounts-two-step-end = Desactivarla
accounts-two-step-setup = Configurar la verificación en dos pasos
accounts-two-step-lead = Necesitas una app de autenticación, como la de tu gestor de contraseñas.
accounts-two-step-scan = Escanea esta imagen con la app.
accounts-two-step-picture = Código QR para tu app de autenticación
accounts-two-step-type = ¿Sin cámara? Escribe esta clave en la app.
accounts-two-step-code = Escribe los seis dígitos que la app muestra ahora.
accounts-two-step-switch = Activarla
accounts-done-two-step-off = La verificación en dos pasos está desactivada. Los demás dispositivos han salido.
accounts-codes-title = Guarda estos códigos de recuperación
accounts-codes-lead = La verificación en dos pasos está activada. Si pierdes la app, cada código permite entrar una vez. Guárdalos donde los encuentres sin el móvil: no se vuelven a mostrar.
accounts-codes-keep = Los he guardado
accounts-codes-left = { $count ->
    [0] No queda ningún código de recuperación
    [one] Queda un código de recuperación
   *[other] Quedan { $count } códigos de recuperación
}
accounts-codes-fresh = Guarda tus nuevos códigos de recuperación.
accounts-codes-renew = Nuevos códigos de recuperación
accounts-done-codes-kept = Tus códigos de recuperación ya no se muestran.
accounts-factor-title = Un paso más
accounts-factor-lead = Escribe el código que muestra tu app de autenticación, o un código de recuperación.
accounts-factor-hint = Seis dígitos, o un código de recuperación como abcd-efgh-ijkl-mnop.
accounts-factor-trust = No preguntar de nuevo en este dispositivo durante { $days } días
accounts-factor-other = Entrar como otra persona
accounts-factor-over-title = Empieza de nuevo

## Llaves de acceso

accounts-passkeys-title = Llaves de acceso
accounts-passkeys-body = Entra con tu huella, tu cara o el PIN de tu dispositivo en vez de una contraseña. Una llave de acceso vale en la dirección de esta escuela.
accounts-passkey-new = Añadir una llave de acceso
accounts-passkey-new-lead = Tu dispositivo te pide desbloquearlo. Nada de eso sale del dispositivo.
accounts-passkey-name-hint = Para distinguirla, como Portátil.
accounts-passkey-create = Crear la llave de acceso
accounts-passkey-sign-in = Entrar con una llave de acceso
accounts-passkey-lead = Tu dispositivo te pide desbloquearlo.
accounts-passkey-use = Usar una llave de acceso
accounts-passkey-password = Usar la contraseña
accounts-passkey-made = Añadida el { $time }
accounts-passkey-remove = Quitar
accounts-passkey-remove-named = Quitar { $name }
accounts-passkey-script = Las llaves de acceso necesitan JavaScript.
accounts-done-passkey = Tu llave de acceso está lista. Entra con ella la próxima vez.
accounts-done-passkey-removed = La llave de acceso está quitada.

## Entrar con otra cuenta

accounts-elsewhere-button = Continuar con { $provider }
accounts-elsewhere-leaving = Vamos a { $provider }
accounts-elsewhere-leaving-lead = Entras en { $host } y vuelves aquí.
accounts-elsewhere-go = Continuar en { $provider }
accounts-elsewhere-over = No ha funcionado
accounts-elsewhere-said = Según { $provider }, eres { $who }.
accounts-elsewhere-came = Vienes de { $provider }.
accounts-newcomer-lead = Aquí todavía no te conocemos: dinos cómo encontrarte.
accounts-newcomer-email = Enviamos un código para saber que es tuyo.
accounts-newcomer-known = ¿Ya eres miembro?
accounts-newcomer-connect = Entra y conecta { $provider }
accounts-identities-title = Entrar con otra cuenta
accounts-identities-body = Conecta una cuenta que tengas en otro sitio y entra aquí con ella.
accounts-identity-connect = Conectar { $provider }
accounts-identity-claim = ¿La conectamos con tu cuenta de aquí?
accounts-identity-remove = Desconectar
accounts-identity-remove-named = Desconectar { $provider }
accounts-done-identity = Conectada. La próxima vez, entra con ella.
accounts-done-identity-removed = Desconectada. Los demás dispositivos están fuera.
accounts-password-first-title = Elige una contraseña
accounts-password-first-body = Todavía no tienes contraseña: entras con otra cuenta. Enviamos a { $email } un enlace para elegir una.
accounts-password-first-button = Recibir el enlace

## Mostrar de nuevo quién es

accounts-verify-title = ¿Eres tú?
accounts-verify-lead = Lo que sigue es solo para ti, así que demuestra una vez más quién eres. Vale 15 minutos.
accounts-verify-again = Aún no ha cambiado nada: después vuelves a la página y lo haces otra vez.
accounts-verify-lead-none = Quien solo tiene tu cuenta de otro sitio no llega más lejos aquí. Elige antes una contraseña o usa una llave de acceso.
accounts-verify-button = Continuar

## Escuelas

accounts-schools-title = Tus escuelas
accounts-schools-lead = Una sola cuenta, con la misma contraseña en todas. En cada escuela entras por separado.
accounts-schools-here = Estás aquí
accounts-schools-more = Buscar otra escuela
accounts-device-impersonator = { $seen }, por { $staff } para ayudarte
accounts-support-title = Acceso de soporte
accounts-support-lead = Entras como personal de esta escuela durante una hora, con tu propio nombre. Sus administradores lo saben.
accounts-support-button = Entrar
accounts-sign-up-closed-title = { $name } invita a sus miembros
