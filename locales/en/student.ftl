### The student portal. Keys begin with "student-".

student-nav-home = Home
student-nav-lessons = Lessons
student-nav-orders = Orders
student-nav-find = Find a tutor
student-nav-settings = Settings

## Words of several pages

student-find-tutor = Find a tutor
student-book-lesson = Book a lesson
student-book-again = Book again
student-add-to-calendar = Add to calendar
student-lesson = Lesson
student-lesson-details = Lesson details
student-to-lesson = See the lesson
student-order = Order
student-when = When
student-what = What
student-newest = Newest
student-kind-lesson = 1-on-1 lesson, { $length }
student-kind-trial = Trial lesson, { $length }
student-with-and-what = { $tutor } · { $what }
student-time-of-tutor = For { $tutor } that is { $time }, { $zone }
student-status-confirmed = Confirmed
student-status-running = Now
student-status-done = Took place
student-status-cancelled = Cancelled

## Dashboard

student-next-lesson = Next lesson
student-now-lesson = Lesson now
student-upcoming = Upcoming
student-past = Past
student-all-lessons = All lessons
student-actions-of = Actions for { $title }, { $time }
student-empty-title = No lessons ahead
student-empty-body = Find a tutor, choose a time and pay. Your lessons then stand here.
student-last-title = Nothing after that yet
student-last-body = Book your next lesson while there are free times.
student-empty-past-title = No past lessons yet
student-empty-past-body = Lessons that took place or were cancelled stand here.
student-hold-title = { $when } with { $tutor } waits for your payment
student-hold-pay = Continue to pay { $amount }
student-learned = Learned so far
student-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
student-lessons-taken =
    { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    }
student-your-tutors = Your tutors
student-your-tutor = Your tutor

## Cancelling

student-cancel-lesson = Cancel lesson
student-cancel-title = Cancel this lesson?
student-cancel-and-refund = Cancel lesson and refund { $amount }
student-cancel-without-refund = Cancel lesson without refund
student-cancel-busy = Cancelling…
student-cancel-keep = Keep the lesson
student-cancel-impossible = This lesson cannot be cancelled
student-refund-now = Cancel now and { $amount } comes back to your card.
student-refund-now-nothing = Cancel now and nothing comes back.
student-refund-paid = Paid
student-refund-kept = Kept by the policy of your order
student-refund-back = Comes back to your card
student-refund-stands = This amount stands until { $when }, { $zone }.
student-cancelled-by-you = You cancelled this lesson on { $when }
student-cancelled-by = { $name } cancelled this lesson on { $when }
student-cancelled-refund = { $amount } goes back to your card. That takes up to ten days.
student-cancelled-no-refund = By the policy of your order nothing comes back.
student-done-cancelled = The lesson is cancelled.

## Orders and receipts

student-orders-note = Every order with its receipt
student-orders-empty-title = No orders yet
student-orders-empty-body = What you book stands here, with its receipt.
student-order-title = Order { $number }
student-order-what = { $title } with { $tutor }
student-order-pay = Continue to pay
student-order-pending = Waiting for payment
student-order-paid = Paid
student-order-lapsed = Not paid
student-order-cancelled = Given back
student-order-partly-refunded = Partly refunded
student-order-refunded = Refunded
student-order-refunded-part = { $amount } back
student-order-after-refunds = After refunds
student-receipt-title = Receipt { $number }
student-receipt-seller = Sold by
student-receipt-buyer = Bought by
student-receipt-ordered = Ordered
student-receipt-paid = Paid
student-receipt-card = Card
student-receipt-print = Print this page to keep the receipt: only the receipt is printed.
student-refund-cancelled-by-student = Refund, cancelled by you
student-refund-cancelled-by-tutor = Refund, cancelled by the tutor
student-refund-cancelled-by-admin = Refund, cancelled by the school
student-refund-slot-taken = Refund, the slot was taken
student-refund-requested = Promised on { $date }, on its way
student-refund-succeeded = Sent on { $date }
student-refund-failed = The bank refused it. The school is looking into it.

## Settings

student-settings-you = You
student-settings-you-note = Tutors see your name. Mails go to this address.
student-settings-zone-hint = Every time on this site is shown in this zone.
student-settings-save = Save language and zone
student-done-settings = Your settings are saved.
