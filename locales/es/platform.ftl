### El sitio de la plataforma: escuelas nuevas y directorio. Las claves empiezan por "platform-".

platform-start = Abre tu escuela

## La portada

platform-hero = La web, el calendario y las cuentas de tu escuela de clases
platform-hero-body = Tus profesores ponen sus horas, tus estudiantes reservan y pagan en dos minutos, y cada céntimo queda en un libro de cuentas fiable.
platform-see-schools = Ver las escuelas
platform-schools = Escuelas en WeMaster
platform-school-count =
    { $count ->
        [one] { $count } escuela
       *[other] { $count } escuelas
    }
platform-school-facts = { $languages } · { $currency } · { $zone }
platform-none-title = Aún no hay escuelas
platform-none-body = Abre la primera: funciona al momento en su propia dirección.
platform-points = Lo que obtienes
platform-point-site = Una web propia
platform-point-site-body = Tu dirección, tu nombre y tu color, tus profesores y precios. En inglés y español, en el móvil y sin aplicación.
platform-point-booking = Reservas que no chocan
platform-point-booking-body = Las horas libres siguen el horario de tus profesores entre zonas horarias y cambios de hora. Cada hora se vende una vez.
platform-point-money = Cuentas que cuadran
platform-point-money-body = Pagos con tarjeta, devoluciones según tu política, tu comisión y la parte de tus profesores, al céntimo.

## Abrir una escuela

platform-new-title = Abre tu escuela
platform-new-body = Funciona en su propia dirección en cuanto escribes el código que te enviamos por correo. Todo menos la dirección y la moneda se puede cambiar después.
platform-new-school = La escuela
platform-new-admin = Tu cuenta
platform-name = Nombre de la escuela
platform-slug = Dirección
platform-slug-hint = Tu escuela se abre en { $address }. Si la dejas vacía, la creamos a partir del nombre.
platform-slug-example = tu-escuela
platform-brand = Color
platform-brand-hint = Los botones y enlaces tienen este color. Se lee mejor si es oscuro o intenso.
platform-currency = Moneda
platform-currency-hint = En la que pagan tus estudiantes.
platform-zone-hint = Para tus estadísticas y para quien no haya dicho dónde está.
platform-password-hint = Al menos 10 caracteres. Si ya tienes una cuenta en otra escuela, usa el mismo correo y contraseña.
platform-open = Abrir la escuela
platform-opening = Abriendo…
platform-done-founded = Tu escuela está abierta. Entra para configurarla.
