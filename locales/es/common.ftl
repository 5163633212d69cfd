### Palabras que usan todos los portales, sin nombre de marca. Las claves empiezan por "common-".

## Acciones

common-save = Guardar
common-save-changes = Guardar cambios
common-cancel = Cancelar
common-choose-file = Elige un archivo
common-drop-file = o suéltalo aquí
common-back = Volver
common-next = Siguiente
common-previous = Anterior
common-continue = Continuar
common-close = Cerrar
common-search = Buscar
common-filter = Filtrar
common-filters = Filtros
common-clear = Borrar
common-clear-filters = Quitar filtros
common-apply = Aplicar
common-add = Añadir
common-edit = Editar
common-remove = Quitar
common-delete = Eliminar
common-undo = Deshacer
common-confirm = Confirmar
common-send = Enviar
common-retry = Reintentar
common-copy = Copiar
common-copied = Copiado
common-download = Descargar
common-print = Imprimir
common-view = Ver
common-details = Detalles
common-show-all = Ver todo
common-show-more = Ver más
common-show-less = Ver menos
common-actions = Acciones
common-sign-in = Iniciar sesión
common-sign-out = Cerrar sesión
common-sign-up = Crear cuenta

## Formularios

common-email = Correo electrónico
common-password = Contraseña
common-show-password = Mostrar contraseña
common-hide-password = Ocultar contraseña
common-name = Nombre
common-optional = opcional
common-required = obligatorio
common-choose = Elige…
common-saved = Guardado
common-form-problems =
    { $count ->
        [one] Hay un problema en { $count } campo
       *[other] Hay problemas en { $count } campos
    }

## Partes de la página

common-home = Inicio
common-menu = Menú
common-main-menu = Menú principal
common-account-menu = Menú de la cuenta
common-breadcrumb = Estás aquí
common-skip-to-content = Ir al contenido
common-messages = Mensajes
common-loading = Cargando…
common-settings = Ajustes
common-help = Ayuda
common-language = Idioma
common-time-zone = Zona horaria
common-theme = Tema
common-theme-light = Claro
common-theme-dark = Oscuro
common-theme-system = Del sistema
common-page-first = Primera página
common-page-newer = Más recientes
common-page-older = Más antiguos
common-page-previous = Página anterior
common-page-next = Página siguiente
common-done-verified = Eres tú. Aún no ha cambiado nada: hazlo otra vez.
common-closed-title = Esta escuela está cerrada en este momento
common-closed-body = Lo reservado y pagado se conserva. Pregunta a la escuela cuándo vuelve a abrir.
common-no-site-title = No hay ninguna página en esta dirección
common-no-site-body = Comprueba cómo está escrita la dirección.
common-pages = Páginas
common-results =
    { $count ->
        [0] Sin resultados
        [one] { $count } resultado
       *[other] { $count } resultados
    }
common-opens-in-new-tab = se abre en una pestaña nueva
common-times-in-zone = Las horas son de { $zone }

## Palabras

common-yes = Sí
common-no = No
common-all = Todo
common-none = Ninguno
common-other = Otro
common-date = Fecha
common-time = Hora
common-duration = Duración
common-status = Estado
common-price = Precio
common-total = Total
common-amount = Importe
common-from = Desde
common-to = Hasta
common-new = Nuevo
common-you = Tú
common-role-student = Estudiante
common-role-tutor = Profesor
common-role-admin = Administrador
common-role-staff = Personal

## Listas: «A, B y C». La segunda forma es para una última palabra que empieza por sonido i.

common-list-comma = { $rest }, { $next }
common-list-last = { $rest } y { $last }
common-list-last-i = { $rest } e { $last }

## Idiomas por su nombre, para «enseña en»

common-language-en = inglés
common-language-es = español
common-language-fr = francés
common-language-de = alemán
common-language-it = italiano
common-language-pt = portugués
common-language-ar = árabe
common-language-zh = chino
common-language-ja = japonés
common-language-el = griego
common-language-tw = twi
common-language-he = hebreo
common-language-sv = sueco
common-language-hi = hindi
common-language-cy = galés
common-language-ur = urdu
common-language-nl = neerlandés
common-language-ru = ruso
common-language-tr = turco
common-language-ko = coreano
common-language-ca = catalán
common-language-eu = euskera
common-language-gl = gallego
common-language-uk = ucraniano
common-language-ro = rumano
common-language-da = danés
common-language-no = noruego
common-language-fi = finés
common-language-cs = checo
common-language-hu = húngaro
common-language-vi = vietnamita
common-language-bn = bengalí
common-language-pa = panyabí
common-language-ta = tamil
common-language-ne = nepalí
common-language-fa = persa
common-language-sw = suajili
common-language-yo = yoruba
common-language-ig = igbo
common-language-so = somalí
common-language-ga = irlandés
common-language-th = tailandés
common-language-id = indonesio
common-language-ms = malayo
common-language-tl = tagalo
common-language-pl = polaco

## Frames: header, footer, menus

common-platform-name = WeMaster
common-language-and-zone = Idioma y zona horaria
common-portal-student = Mis clases
common-portal-tutor = Mi enseñanza
common-portal-admin = Administración
common-more = Más
common-footer = Sobre este sitio
common-copyright = © { $year } { $name }

## Pages that say that something did not work

common-not-found-title = Aquí no hay nada
common-not-found-body = La página ha cambiado de sitio o nunca existió. Revisa la dirección o empieza desde el inicio.
common-conflict-title = No ha funcionado
common-slow-title = Demasiados intentos
common-slow-body =
    { $seconds ->
        [one] Espera { $seconds } segundo y vuelve a intentarlo.
       *[other] Espera { $seconds } segundos y vuelve a intentarlo.
    }
common-fault-title = Algo ha fallado por nuestra parte
common-fault-body = No se ha cobrado ni perdido nada por esto. Vuelve a intentarlo; si se repite, dinos este número: { $id }

## Imágenes que se envían

common-upload-choose = Elige una imagen
common-upload-drop = o suéltala aquí
common-upload-hint = JPEG, PNG o WebP, como mucho { $max } MB
common-upload-send = Subir
common-upload-remove = Quitar
common-upload-held = Estamos comprobando «{ $name }». Se mostrará cuando acabemos.
common-upload-waiting = Estamos comprobando «{ $name }». El antivirus no responde ahora; seguimos intentándolo.
common-upload-unchecked = «{ $name }» es demasiado grande para el antivirus y queda oculto. Envía uno más pequeño.
common-upload-infected = El antivirus encontró { $found } en «{ $name }». Borramos el archivo; nadie lo vio.
common-upload-rejected = No pudimos leer «{ $name }» como imagen. Guárdalo otra vez como JPEG o PNG y envíalo.
common-impersonating = Tú, { $staff }, ves el sitio como { $name }. Lo que haces queda registrado.
common-impersonating-stop = Terminar
common-form-not-done = No se ha hecho
common-portal-operator = Consola
common-role-operator = Operador
common-flag-sign-up = Cualquiera puede registrarse
common-flag-sign-up-hint = Apagado: los miembros nuevos solo entran por invitación.
common-flag-open-catalogue = Los visitantes ven tutores y precios
common-flag-open-catalogue-hint = Apagado: solo los ven los miembros que han iniciado sesión.
common-flag-payments = Pagos nuevos
common-flag-payments-hint = Apagado: no se puede reservar ni pagar; los reembolsos siguen.
common-flag-uploads = Enviar archivos
common-flag-uploads-hint = Apagado: los archivos que ya están se siguen mostrando.
common-flag-founding = Cualquiera puede abrir una escuela
common-flag-founding-hint = Apagado: solo los operadores abren escuelas.
