# Lo que se guarda de las personas: la página, la copia, el olvido.

privacy-title = Tus datos
privacy-lead = Lo que { $school } guarda de ti, y lo que puedes hacer.
privacy-export = Descargarlos
privacy-export-body = Un archivo comprimido con todo: como página para leer, como datos para máquinas, y tus archivos.
privacy-export-button = Descargar mis datos
privacy-erase = Borrarlos
privacy-erase-body = Tu nombre, tu correo y todo lo que escribiste o enviaste desaparece. Qué se compró, cuándo y por cuánto queda en la contabilidad, como pide la ley, sin tu nombre; si enseñaste, los recibos y los títulos de lo que vendiste quedan como están. Se cierra tu sesión y no hay vuelta atrás.
privacy-erase-elsewhere = Tu cuenta sigue mientras seas miembro de otras escuelas.
privacy-erase-email = Escribe tu correo para confirmar
privacy-erase-button = Borrar mis datos
privacy-done-erased = Tus datos de aquí se están borrando. En unos minutos solo queda la contabilidad, sin tu nombre.
privacy-former-member = Antiguo miembro
privacy-export-title = Tus datos en { $school }
privacy-export-lead = Todo lo que se guarda de ti, a fecha de { $time }. Lo mismo está en data.json; tus archivos están al lado.
privacy-table-members = Tú en esta escuela
privacy-table-member-roles = Tus funciones
privacy-table-accounts = Tu cuenta
privacy-table-account-schools = Tus escuelas
privacy-table-account-totp = Tu aplicación de códigos
privacy-table-account-recovery-codes = Tus códigos de recuperación
privacy-table-account-passkeys = Tus llaves de acceso
privacy-table-member-identities = Tus cuentas en otros sitios
privacy-table-login-sessions = Dónde tienes la sesión abierta
privacy-table-trusted-devices = Navegadores de confianza
privacy-table-login-challenges = Inicios de sesión en curso
privacy-table-email-proofs = Correos que esperan un código
privacy-table-invitations = Invitaciones para ti
privacy-table-member-imports = Listas de personas
privacy-table-consents = Lo que aceptaste
privacy-table-age-statements = Lo que dijiste de tu edad
privacy-table-guardian-consents = Tus tutores legales
privacy-table-guardian-consent-versions = Lo que tenían delante
privacy-table-orders = Tus pedidos
privacy-table-order-lines = Lo pedido
privacy-table-payments = Tus pagos
privacy-table-refunds = Tus reembolsos
privacy-table-bookings = Tus reservas
privacy-table-lessons = Tus clases
privacy-table-claims = Horas reservadas
privacy-table-trials = Tus clases de prueba
privacy-table-reviews = Opiniones tuyas y sobre ti
privacy-table-ledger-accounts = Tus cuentas en la contabilidad
privacy-table-ledger-entries = Sus asientos
privacy-table-ledger-transactions = Movimientos de dinero de tus pedidos
privacy-table-tutors = Tu perfil público
privacy-table-qualifications = Tus títulos
privacy-table-offerings = Lo que enseñas
privacy-table-offering-versions = Lo que escribiste sobre ello
privacy-table-schedules = Tu horario
privacy-table-availability-windows = Tus horas de la semana
privacy-table-availability-exceptions = Tus excepciones
privacy-table-uploads = Tus archivos
privacy-table-mails = Correos para ti
privacy-table-audit-entries = Lo que hiciste y lo que se hizo contigo
privacy-table-erasures = Solicitudes de borrado
privacy-cookies = Cookies
privacy-cookies-lead = Este sitio guarda solo lo que necesita para funcionar, en cookies que ningún otro sitio puede leer. No hay nada que aceptar.
privacy-cookies-none = Aquí nada mide, sigue ni anuncia, y nada viene de otros sitios.
privacy-cookie-days = { $count ->
    [one] un día
   *[other] { $count } días
}
privacy-cookie-minutes = { $count ->
    [one] un minuto
   *[other] { $count } minutos
}
privacy-cookie-login = Mantiene tu sesión abierta.
privacy-cookie-device = Recuerda que este navegador no necesita el segundo paso, si así lo dijiste.
privacy-cookie-proof = Vincula el código de nuestro correo a tu navegador.
privacy-cookie-challenge = Vincula el segundo paso de la entrada a tu navegador.
privacy-cookie-newcomer = Recuerda quién dijo otro sitio que eres, hasta que te unas.
privacy-cookie-theme = Claro u oscuro, como elegiste.
privacy-cookie-locale = El idioma que elegiste.
privacy-cookie-zone = La zona horaria que elegiste.
privacy-cookie-browser-zone = La zona horaria de tu navegador, para que las horas sean correctas desde el principio.
