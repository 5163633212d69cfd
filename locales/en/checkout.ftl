### Paying: the order, the hold, the receipt. Keys begin with "checkout-".

## The way

checkout-steps = Booking
checkout-step-of = Step { $number } of { $all }
checkout-step-time = Time
checkout-step-pay = Payment
checkout-step-done = Confirmation
checkout-step-finished = done

## The held slot

checkout-title = Check and pay
checkout-other-time = Choose another time
checkout-your-lesson = Your lesson
checkout-hold-label = Time left to pay
checkout-hold-title = We are holding { $when } for you
checkout-hold-body = If the time runs out, the slot is free again. Nothing is charged.
checkout-hold-until = until { $time }
checkout-hold-over = time is up
# The page's script puts a number in the place of the argument.
checkout-hold-announce = Minutes left to pay: { $n }
checkout-not-paid-title = Nothing has been charged yet
checkout-not-paid-body = You left the payment page before the payment went through. The slot is still yours for the time shown below; try again, with another card if you like.
checkout-card-title = By card
checkout-card-body = You enter your card on the secure payment page of Stripe, then you come back here. We never see the number.
checkout-card-note = Stripe takes the payment. The terms above become part of your order.
checkout-due = To pay now
checkout-pay = Pay { $amount }
checkout-pay-busy = Opening the payment page…
checkout-give-up-title = Changed your mind?
checkout-give-up-body = Give the slot back so that others can book it. You pay nothing.
checkout-give-up = Give the slot back

## The policy of an order

checkout-policy-title = If you cancel
checkout-policy-label = What comes back, and until when
checkout-policy-frozen = These terms become part of your order. If { $school } changes its own later, yours stay the same.
checkout-policy-back = { $amount } back
checkout-policy-until = until { $when }
checkout-policy-nothing = Nothing back
checkout-policy-after = after that
checkout-policy-from-now = from now on

## The hold is over

checkout-lapsed-title = The slot is free again
checkout-lapsed-body = We held { $when } with { $tutor } for ten minutes, and no payment came. Nothing was charged.
checkout-given-back-title = You gave the slot back
checkout-given-back-body = { $when } with { $tutor } is no longer held for you. Nothing was charged.
checkout-hold-again = Hold { $when } again
checkout-others-title = Other times with { $tutor }
checkout-others-body = Choose one and we hold it for ten minutes while you pay.
checkout-more-times = See all times
checkout-no-others-title = No other times for this lesson
checkout-no-others-body = Look for another lesson or another tutor.

## Back from the payment page

checkout-done-title = Your lesson is booked
checkout-done-body = We have sent the details and the receipt to { $email }.
checkout-paid = Paid
checkout-receipt = Receipt
checkout-to-lesson = See your lesson
checkout-taken-title = The slot was taken, and your money is on its way back
checkout-taken-body = Your payment arrived too late: { $when } with { $tutor } could no longer be booked. All of it, { $amount }, goes back to your card; that takes up to ten days.
checkout-taken-refund = See the refund
checkout-waiting-title = We are checking your payment
checkout-waiting-body = This takes a few seconds. The page goes on by itself.
checkout-waiting-long-title = Your payment takes longer than usual
checkout-waiting-long-body = Do not pay again. As soon as we know, we send you a mail: either your lesson is booked, or all of your money goes back.
checkout-look-again = Check again
