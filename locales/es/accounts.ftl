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
accounts-done-joined = Ya eres de la escuela. Entra con la contraseña de tu cuenta.

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

accounts-security-title = Contraseña y dispositivos
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
