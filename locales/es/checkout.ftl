### El pago: el pedido, la reserva provisional y el recibo. Las claves empiezan por "checkout-".

## El camino

checkout-steps = Reserva
checkout-step-of = Paso { $number } de { $all }
checkout-step-time = Horario
checkout-step-pay = Pago
checkout-step-done = Confirmación
checkout-step-finished = hecho

## El horario guardado

checkout-title = Confirma y paga
checkout-other-time = Elegir otro horario
checkout-your-lesson = Tu clase
checkout-hold-label = Tiempo que te queda para pagar
checkout-hold-title = Te guardamos { $when }
checkout-hold-body = Si se agota el tiempo, el horario vuelve a estar libre. No se cobra nada.
checkout-hold-until = hasta las { $time }
checkout-hold-over = se acabó el tiempo
# El guion de la página pone un número en el lugar del argumento.
checkout-hold-announce = Minutos que te quedan para pagar: { $n }
checkout-not-paid-title = Todavía no se ha cobrado nada
checkout-not-paid-body = Saliste de la página de pago antes de que se completara. El horario sigue siendo tuyo durante el tiempo que ves abajo; inténtalo de nuevo, con otra tarjeta si quieres.
checkout-card-title = Con tarjeta
checkout-card-body = Escribes los datos de tu tarjeta en la página de pago segura de Stripe y después vuelves aquí. Nunca vemos el número.
checkout-card-note = Stripe procesa el pago. Las condiciones de arriba quedan fijadas en tu pedido.
checkout-due = A pagar ahora
checkout-pay = Pagar { $amount }
checkout-pay-busy = Abriendo la página de pago…
checkout-give-up-title = ¿Has cambiado de idea?
checkout-give-up-body = Libera el horario para que otros puedan reservarlo. No pagas nada.
checkout-give-up = Liberar el horario

## Las condiciones de un pedido

checkout-policy-title = Si cancelas
checkout-policy-label = Qué se devuelve y hasta cuándo
checkout-policy-frozen = Estas condiciones quedan fijadas en tu pedido. Si { $school } cambia las suyas, las tuyas siguen igual.
checkout-policy-back = Devolución de { $amount }
checkout-policy-until = hasta { $when }
checkout-policy-nothing = Sin devolución
checkout-policy-after = después
checkout-policy-from-now = desde ahora

## El tiempo se ha agotado

checkout-lapsed-title = El horario vuelve a estar libre
checkout-lapsed-body = Te guardamos { $when } con { $tutor } durante diez minutos y no llegó ningún pago. No se ha cobrado nada.
checkout-given-back-title = Has liberado el horario
checkout-given-back-body = Ya no te guardamos { $when } con { $tutor }. No se ha cobrado nada.
checkout-hold-again = Volver a guardar { $when }
checkout-others-title = Otros horarios con { $tutor }
checkout-others-body = Elige uno y te lo guardamos diez minutos mientras pagas.
checkout-more-times = Ver todos los horarios
checkout-no-others-title = No hay otros horarios para esta clase
checkout-no-others-body = Busca otra clase u otro profesor.

## De vuelta de la página de pago

checkout-done-title = Tu clase está reservada
checkout-done-body = Hemos enviado los detalles y el recibo a { $email }.
checkout-paid = Pagado
checkout-receipt = Recibo
checkout-to-lesson = Ver tu clase
checkout-taken-title = El horario ya estaba ocupado y te devolvemos el dinero
checkout-taken-body = Tu pago llegó demasiado tarde: ya no era posible reservar { $when } con { $tutor }. Te devolvemos todo, { $amount }, a tu tarjeta; puede tardar hasta diez días.
checkout-taken-refund = Ver la devolución
checkout-waiting-title = Estamos comprobando tu pago
checkout-waiting-body = Tarda unos segundos. La página sigue sola.
checkout-waiting-long-title = Tu pago tarda más de lo normal
checkout-waiting-long-body = No pagues otra vez. En cuanto lo sepamos te enviamos un correo: o tu clase queda reservada o te devolvemos todo el dinero.
checkout-look-again = Comprobar de nuevo
