//! The demo tenants' own documents.

macro_rules! english_terms {
    ($school:literal, $operator:literal, $address:literal, $email:literal, $court:literal) => {
        concat!(
            "These terms are the agreement between you and ", $operator, " (", $address, "), which runs ", $school, ".\n\n",
            "## What we do\n\nYou find a tutor, book a lesson at a time that suits you both and pay for it here. Lessons are taught online by tutors whom we have met and whose references we have read.\n\n",
            "## Booking and paying\n\n- A time is yours once the payment arrived. While you pay, we keep it for ten minutes.\n- Prices include every tax. What a lesson costs is what the page says before you pay.\n- What comes back when you cancel stands on the checkout page, and stays as it was when you booked.\n\n",
            "## When something goes wrong\n\nIf a tutor cancels or does not come, you get all of your money back. Write to [", $email, "](mailto:", $email, ") within 14 days if a lesson was not what was agreed.\n\n",
            "## How we treat each other\n\nBe on time, be kind, and keep what others tell you in a lesson to yourself. Lessons are not recorded without everybody's consent. Who does not keep to this can be suspended; we say why, and you can answer.\n\n",
            "## Changes\n\nWhen these terms change in a way that matters, we ask you again before your next booking. Earlier versions stay readable. The law of ", $court, " applies; what protects you as a consumer is not touched.\n"
        )
    };
}

macro_rules! english_privacy {
    ($school:literal, $operator:literal, $address:literal, $email:literal, $authority:literal) => {
        concat!(
            $operator, " (", $address, ") answers for what ", $school, " keeps about you. Questions go to [", $email, "](mailto:", $email, ").\n\n",
            "## What we keep, and why\n\n- **Your name and email**, to have an account and to tell you about lessons (our contract with you).\n- **What you book and pay**, to teach the lesson and to keep our books (contract and law). Your card's number goes to Stripe and never to us; we see its last four digits.\n- **Where you are signed in**, with a shortened network address, so that you can see it and sign a device out (our interest in safe accounts).\n- **What you agreed to and when** (law).\n\n",
            "We keep no date of birth, and nothing here tracks you or advertises.\n\n",
            "## Who else sees it\n\nThe tutor whom you book sees your name. Stripe takes payments. Nobody else gets your data, and nobody buys it.\n\n",
            "## How long\n\nAs long as you are a member. What the law wants in the books stays seven years, without your name once you have your data deleted.\n\n",
            "## Your rights\n\nUnder *Your data* you download everything that we keep, and have it deleted. You can also ask us to correct it, object, or complain to ", $authority, ".\n"
        )
    };
}

macro_rules! spanish_terms {
    ($school:literal, $operator:literal, $address:literal, $email:literal, $law:literal) => {
        concat!(
            "Estas condiciones son el acuerdo entre tú y ", $operator, " (", $address, "), que lleva ", $school, ".\n\n",
            "## Qué hacemos\n\nEncuentras un profesor, reservas una clase a la hora que os viene bien a los dos y la pagas aquí. Las clases son en línea y las dan profesores a los que conocemos y cuyas referencias hemos leído.\n\n",
            "## Reservar y pagar\n\n- La hora es tuya cuando llega el pago. Mientras pagas, te la guardamos diez minutos.\n- Los precios incluyen todos los impuestos. Una clase cuesta lo que dice la página antes de pagar.\n- Lo que se devuelve si cancelas está en la página de pago y se queda como estaba cuando reservaste.\n\n",
            "## Cuando algo sale mal\n\nSi un profesor cancela o no viene, te devolvemos todo. Escribe a [", $email, "](mailto:", $email, ") en 14 días si una clase no fue lo acordado.\n\n",
            "## Cómo nos tratamos\n\nLlega a la hora, sé amable y no cuentes lo que otros te dicen en clase. Las clases no se graban sin el consentimiento de todos. A quien no lo respete podemos suspenderlo; decimos por qué, y puedes responder.\n\n",
            "## Cambios\n\nCuando estas condiciones cambien en algo importante, te preguntaremos de nuevo antes de tu próxima reserva. Las versiones anteriores se pueden leer. Se aplica la ley ", $law, "; lo que te protege como consumidor queda intacto.\n"
        )
    };
}

macro_rules! spanish_privacy {
    ($school:literal, $operator:literal, $address:literal, $email:literal, $authority:literal) => {
        concat!(
            $operator, " (", $address, ") responde de lo que ", $school, " guarda sobre ti. Pregunta en [", $email, "](mailto:", $email, ").\n\n",
            "## Qué guardamos y por qué\n\n- **Tu nombre y tu correo**, para que tengas una cuenta y para avisarte de las clases (nuestro contrato contigo).\n- **Lo que reservas y pagas**, para dar la clase y llevar las cuentas (contrato y ley). El número de tu tarjeta va a Stripe y nunca a nosotros; vemos las cuatro últimas cifras.\n- **Dónde tienes la sesión abierta**, con la dirección de red acortada, para que lo veas y puedas cerrarla (nuestro interés en que las cuentas sean seguras).\n- **Qué aceptaste y cuándo** (ley).\n\n",
            "No guardamos tu fecha de nacimiento, y aquí nada te rastrea ni te pone anuncios.\n\n",
            "## Quién más lo ve\n\nEl profesor con el que reservas ve tu nombre. Stripe cobra los pagos. Nadie más recibe tus datos, y nadie los compra.\n\n",
            "## Cuánto tiempo\n\nMientras seas miembro. Lo que la ley quiere en las cuentas se queda siete años, sin tu nombre desde que pides que se borren tus datos.\n\n",
            "## Tus derechos\n\nEn *Tus datos* descargas todo lo que guardamos y haces que se borre. También puedes pedirnos que lo corrijamos, oponerte o reclamar ante ", $authority, ".\n"
        )
    };
}

pub const NORTHSIDE_TERMS: &[(&str, &str)] = &[
    (
        "en",
        english_terms!(
            "Northside",
            "Northside Tutoring Ltd",
            "14 Bridge Street, London SE1",
            "hello@northside.example",
            "England and Wales"
        ),
    ),
    (
        "es",
        spanish_terms!(
            "Northside",
            "Northside Tutoring Ltd",
            "14 Bridge Street, London SE1",
            "hello@northside.example",
            "de Inglaterra y Gales"
        ),
    ),
];
pub const NORTHSIDE_PRIVACY: &[(&str, &str)] = &[
    (
        "en",
        english_privacy!(
            "Northside",
            "Northside Tutoring Ltd",
            "14 Bridge Street, London SE1",
            "privacy@northside.example",
            "the Information Commissioner's Office"
        ),
    ),
    (
        "es",
        spanish_privacy!(
            "Northside",
            "Northside Tutoring Ltd",
            "14 Bridge Street, London SE1",
            "privacy@northside.example",
            "la Information Commissioner's Office"
        ),
    ),
];
pub const LINGUA_TERMS: &[(&str, &str)] = &[
    ("es", spanish_terms!("Lingua", "Lingua Idiomas S.L.", "calle del Olivar 31, Madrid", "hola@lingua.example", "española")),
    ("en", english_terms!("Lingua", "Lingua Idiomas S.L.", "calle del Olivar 31, Madrid", "hola@lingua.example", "Spain")),
];
pub const LINGUA_PRIVACY: &[(&str, &str)] = &[
    (
        "es",
        spanish_privacy!(
            "Lingua",
            "Lingua Idiomas S.L.",
            "calle del Olivar 31, Madrid",
            "privacidad@lingua.example",
            "la Agencia Española de Protección de Datos"
        ),
    ),
    (
        "en",
        english_privacy!(
            "Lingua",
            "Lingua Idiomas S.L.",
            "calle del Olivar 31, Madrid",
            "privacidad@lingua.example",
            "the Agencia Española de Protección de Datos"
        ),
    ),
];
pub const CODELAB_TERMS: &[(&str, &str)] = &[
    ("en", english_terms!("Codelab", "Codelab Mentoring Inc.", "220 Fremont Avenue, Los Angeles", "hello@codelab.example", "California")),
    (
        "es",
        spanish_terms!("Codelab", "Codelab Mentoring Inc.", "220 Fremont Avenue, Los Angeles", "hello@codelab.example", "de California"),
    ),
];
pub const CODELAB_PRIVACY: &[(&str, &str)] = &[
    (
        "en",
        english_privacy!(
            "Codelab",
            "Codelab Mentoring Inc.",
            "220 Fremont Avenue, Los Angeles",
            "privacy@codelab.example",
            "the California Privacy Protection Agency"
        ),
    ),
    (
        "es",
        spanish_privacy!(
            "Codelab",
            "Codelab Mentoring Inc.",
            "220 Fremont Avenue, Los Angeles",
            "privacy@codelab.example",
            "la California Privacy Protection Agency"
        ),
    ),
];
