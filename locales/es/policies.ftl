### Los documentos propios de una escuela, aceptarlos, y los tutores legales. Las claves empiezan por "policies-".

policies-terms = Condiciones del servicio
policies-privacy = Aviso de privacidad
policies-version = Versión { $number }, { $date }
policies-versions = Todas las versiones
policies-current = Actual
policies-earlier = Esta es una versión anterior.
policies-see-current = Ver la versión actual
policies-in-language = Este documento está en { $language }.

## En los formularios de quien se une

policies-agree-both = Acepto las condiciones del servicio y he leído el aviso de privacidad
policies-agree-terms = Acepto las condiciones del servicio
policies-agree-privacy = He leído el aviso de privacidad
policies-new-tab = { $name } (se abre en otra pestaña)
policies-age = ¿Qué edad tienes?
policies-of-age = Tengo { $age } años o más
policies-younger = Tengo menos de { $age } años
policies-younger-note = Tu padre, tu madre o tu tutor legal tiene que dar su permiso antes de que reserves. Le escribimos.
policies-guardian-name = Nombre de tu padre, madre o tutor legal
policies-guardian-email = Su correo electrónico
policies-guardian-email-hint = Recibe un enlace con el que da su permiso. No puede ser tu propio correo.

## Antes de reservar

policies-agree-title = Antes de seguir
policies-agree-lead = { $school } necesita esto antes de que reserves o pagues. Sin ello puedes mirar y cancelar clases.
policies-agree-button = Aceptar y seguir
policies-later = Ahora no
policies-clear = No falta nada: puedes reservar.
policies-go-on = Seguir
policies-done-agreed = Gracias, queda anotado.

## Un tutor legal, para quien es menor

policies-guardian-title = El permiso de tu tutor legal
policies-guardian-somebody = Tu tutor legal
policies-guardian-none = Eres demasiado joven para reservar aquí sin permiso. Di quién es tu padre, tu madre o tu tutor legal.
policies-guardian-asked = Escribimos a { $name } ({ $email }) el { $date }. El enlace de ese correo funciona hasta el { $until }. Hasta que dé su permiso puedes mirar, pero no reservar ni pagar.
policies-guardian-given = { $name } dio su permiso el { $date }.
policies-guardian-refused = { $name } no dio su permiso, así que puedes mirar, pero no reservar ni pagar. Si fue un error, escribe a la escuela.
policies-guardian-expired = { $name } no respondió a tiempo. Pídeselo otra vez o di otra persona. Hasta que alguien dé su permiso puedes mirar, pero no reservar ni pagar.
policies-guardian-withdrawn = { $name } retiró su permiso el { $date }. Las clases reservadas siguen; no puedes reservar ni pagar otras. Si fue un error, escribe a la escuela.
policies-guardian-resend = Enviar el correo otra vez
policies-guardian-other = Pedírselo a otra persona
policies-guardian-ask = Enviarle el correo
policies-done-asked = El correo a tu tutor legal está en camino.

## Lo que alguien aceptó

policies-agreements = Lo que aceptaste
policies-agreements-none = Todavía no has aceptado nada.
policies-agreed = Versión { $number }, aceptada el { $date }

## La página del tutor legal

policies-page-title = { $student } te pide permiso
policies-page-lead = { $student } quiere aprender en { $school }, te ha nombrado como su padre, madre o tutor legal y es demasiado joven para hacerlo sin tu permiso.
policies-page-what = Si das tu permiso, { $student } podrá reservar y pagar clases en { $school }. Puedes retirarlo cuando quieras con un enlace que te enviamos.
policies-page-documents = En nombre de { $student } aceptas estos documentos de la escuela:
policies-page-name = Tu nombre
policies-page-box = Soy el padre, la madre o el tutor legal de { $student } y doy mi permiso
policies-page-box-documents = Soy el padre, la madre o el tutor legal de { $student }, he leído los documentos de arriba y doy mi permiso
policies-page-give = Dar permiso
policies-page-no = Si no estás de acuerdo o no conoces a { $student }
policies-page-no-body = Le decimos que no has dado permiso, y no podrá reservar ni pagar.
policies-page-refuse = No dar permiso
policies-page-withdraw-title = Retirar tu permiso a { $student }
policies-page-withdraw-lead = Diste permiso para que { $student } aprenda en { $school }. Cuando lo retires no se podrá reservar ni pagar nada nuevo. Las clases reservadas siguen; avisamos por correo a la escuela, que puede cancelarlas.
policies-page-withdraw = Retirar mi permiso
policies-over-title = Este enlace ya no funciona
policies-over-body = Se usó, es demasiado antiguo o hay otro en un correo más reciente.
policies-told-given = Gracias
policies-told-given-body = Tu permiso queda anotado y se lo hemos dicho. Te enviamos un correo con un enlace para retirarlo cuando quieras.
policies-told-refused = No has dado permiso
policies-told-refused-body = Le decimos que no puede reservar ni pagar. No te enviaremos nada más.
policies-told-withdrawn = Has retirado tu permiso
policies-told-withdrawn-body = Desde ahora no se puede reservar nada nuevo. Avisamos por correo a la escuela.

## Los ajustes de la escuela

policies-settings = Condiciones
policies-settings-documents = Documentos
policies-settings-documents-note = Tus propias condiciones del servicio y tu aviso de privacidad. Una vez publicados, quien se une los acepta, y el pie de cada página lleva a ellos. Lo publicado no cambia nunca: un cambio es una versión nueva.
policies-settings-none = Sin publicar
policies-settings-draft = Borrador del { $date }
policies-settings-guardians = Tutores legales
policies-settings-guardians-note = Quien tiene menos de esta edad necesita el permiso de su padre, su madre o su tutor legal antes de reservar. A los alumnos se les pregunta de qué lado de esa edad están; no se guarda ninguna fecha de nacimiento.
policies-settings-age = Pedir permiso a un tutor legal
policies-settings-age-off = Nunca
policies-settings-age-under = A alumnos de menos de { $age } años
policies-settings-save = Guardar
policies-edit-text = Texto en { $language }
policies-edit-own = En el idioma propio de la escuela, que ven todos si falta el suyo. Puedes escribir ## títulos, - listas, *énfasis*, palabras en **negrita** y [enlaces](https://…); el HTML y las imágenes se omiten.
policies-edit-other = Puede quedar vacío: sus lectores verán el idioma propio de la escuela.
policies-edit-save = Guardar el borrador
policies-edit-preview = Cómo se ve el borrador en { $language }
policies-publish = Publicar
policies-publish-note = Lo que está en el formulario será la versión { $number }. No se podrá cambiar ni retirar nunca, solo publicar otra después.
policies-publish-asks = Preguntar de nuevo a los miembros
policies-publish-asks-hint = Aceptan esta versión antes de volver a reservar o pagar. Déjalo sin marcar si es una pequeña corrección.
policies-publish-first = Todos aceptan la primera versión antes de volver a reservar o pagar.
policies-edit-live = Ver la versión { $number }
policies-publish-sure = ¿Publicar la versión { $number }?
policies-publish-button = Publicar la versión { $number }

## Un miembro, para el personal

policies-member = Lo que aceptó
policies-member-none = Todavía no ha aceptado nada.
policies-member-missing = Todavía no ha aceptado: { $documents }.
policies-member-age = Todavía no ha dicho si tiene { $age } años o más.
policies-member-guardian = Tutor legal
policies-member-guardian-none = Dijo ser demasiado joven para reservar sin permiso, y no ha nombrado a ningún tutor legal.
policies-member-guardian-asked = Preguntamos a { $name } ({ $email }) el { $date }; puede responder hasta el { $until }.
policies-member-guardian-given = { $name } ({ $email }) dio su permiso el { $date }.
policies-member-guardian-refused = { $name } ({ $email }) no dio su permiso el { $date }.
policies-member-guardian-expired = { $name } ({ $email }) no respondió hasta el { $until }.
policies-member-guardian-withdrawn = { $name } ({ $email }) retiró su permiso el { $date }.
policies-member-guardian-gone = Alguien cuyo nombre ya no guardamos
policies-member-resend = Enviar el correo otra vez
policies-member-ask = Preguntar a un tutor legal
policies-member-name = Nombre del tutor legal
policies-member-email = Correo del tutor legal
policies-member-of-age = Tiene la edad
policies-member-of-age-note = Si sabes que tiene la edad, ya no hace falta ningún tutor legal.

## Correos

policies-mail-asked-subject = { $student } te pide permiso para aprender en { $school }
policies-mail-asked-heading = { $student } necesita tu permiso
policies-mail-asked-intro = Hola, { $name }: { $student } quiere aprender en { $school }, te ha nombrado como su padre, madre o tutor legal y no puede reservar ni pagar sin tu permiso. El enlace lleva a una página que dice para qué, y en la que lo das o no.
policies-mail-asked-until = El enlace funciona una vez, hasta el { $until }.
policies-mail-asked-ignore = ¿No le conoces? No des permiso en esa página, o no hagas nada.
policies-mail-asked-button = Dar permiso o no
policies-mail-asked-footer = Recibes este correo porque alguien que quiere aprender en { $school } te ha nombrado como su padre, madre o tutor legal.
policies-mail-documents = Los documentos:
policies-mail-document = { $name }: { $url }
policies-mail-given-heading = Tu tutor legal ha dado su permiso
policies-mail-given-intro = Hola, { $name }: { $guardian } ha dado permiso para que aprendas en { $school }. Ya puedes reservar.
policies-mail-refused-heading = Tu tutor legal no ha dado su permiso
policies-mail-refused-intro = Hola, { $name }: { $guardian } no ha dado permiso para que aprendas en { $school }. Puedes mirar, pero no reservar ni pagar.
policies-mail-withdrawn-heading = Tu tutor legal ha retirado su permiso
policies-mail-withdrawn-intro = Hola, { $name }: { $guardian } ya no da permiso para que aprendas en { $school }. Las clases reservadas siguen; no puedes reservar ni pagar otras.
policies-mail-find = Buscar tutor
policies-mail-student-button = Ver qué falta
policies-mail-thanked-subject = Diste permiso para que { $student } aprenda en { $school }
policies-mail-thanked-heading = Gracias por tu permiso
policies-mail-thanked-intro = Hola, { $name }: { $student } ya puede reservar y pagar clases en { $school }.
policies-mail-thanked-withdraw = Guarda este correo: con su enlace puedes retirar tu permiso cuando quieras. Desde entonces no se podrá reservar nada nuevo.
policies-mail-thanked-button = Retirar mi permiso
policies-mail-reported-subject = El tutor legal de { $student } ha retirado su permiso
policies-mail-reported-heading = Un tutor legal ha retirado su permiso
policies-mail-reported-intro = Hola, { $name }: { $guardian } ha retirado el permiso de { $student }, que desde ahora no puede reservar ni pagar.
policies-mail-reported-lessons = Las clases reservadas siguen. Decide con el tutor legal si se dan.
policies-mail-reported-button = Ver al miembro
policies-missing = Aún no puedes reservar
policies-missing-body = Antes hay que aceptar algo: tú, o tu madre, padre o tutor legal.
policies-missing-see = Ver qué falta
policies-member-of-age-sure = Desde entonces reserva sin tutor legal, y aquí no se puede volver atrás. Hazlo solo si has comprobado su edad.
