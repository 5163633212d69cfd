### The admin portal. Keys begin with "admin-".

admin-nav-home = Overview
admin-nav-approvals = Approvals
admin-nav-bookings = Bookings
admin-nav-orders = Orders
admin-nav-ledger = Ledger
admin-nav-members = Members
admin-nav-settings = Settings

## Words of several pages

admin-offering = Offering
admin-tutor = Tutor
admin-student = Student
admin-subject = Subject
admin-kind = Kind
admin-lesson = Lesson
admin-what = What
admin-when = When
admin-order = Order
admin-ordered = Ordered
admin-paid = Paid
admin-paid-with = Paid with
admin-receipt = Receipt
admin-refunded = Refunded
admin-refunded-part = { $amount } back
admin-kind-one-on-one = 1-on-1
admin-kind-trial = Trial
admin-kind-and-length = { $kind }, { $length }
admin-moment = { $date }, { $time }
admin-lesson-with = { $title } with { $tutor }
admin-see-catalogue = See the catalogue
admin-public-page = Public page
admin-table = Table: { $title }
admin-from-day = From
admin-to-day = To
admin-nothing-found = Nothing matches these filters
admin-nothing-found-body = Change a filter or clear them all.

## How an order stands

admin-order-pending = Waiting for payment
admin-order-paid = Paid
admin-order-lapsed = Not paid
admin-order-cancelled = Given back
admin-order-partly-refunded = Partly refunded
admin-order-refunded = Refunded

## How a booking stands

admin-booking-confirmed = Confirmed
admin-booking-running = Now
admin-booking-done = Took place
admin-booking-cancelled = Cancelled

## Overview

admin-home-period = { $from } to { $to }, against the 30 days before
admin-home-recent = Recent orders
admin-home-all-orders = All orders
admin-figure-sales = Sales
admin-figure-commission = Commission
admin-figure-bookings = Bookings
admin-figure-hours = Hours booked
admin-figure-refunded = Refunded
admin-figure-none = None offered
admin-figure-from = from { $before }
admin-figure-of-sales = { $percent } of sales
admin-figure-of-offered = of hours offered
admin-figure-points = { $points } points
admin-chart-sales = Sales per day
admin-chart-sales-label = Sales per day, { $from } to { $to }
admin-chart-sales-empty = No sales yet
admin-chart-sales-empty-body = As soon as a student pays, the day's sales stand here.
admin-chart-this-period = This period
admin-chart-before = 30 days before
admin-chart-open-day = Dotted: today until { $time }
admin-chart-open-week = Pale: week in progress
admin-chart-table = Show as table
admin-chart-day = Day
admin-chart-week = Week from
admin-chart-bookings = Bookings per week
admin-chart-hours = When hours are booked
admin-chart-hours-caption = Lessons of the last 30 days by weekday and hour, { $zone } time
admin-chart-hours-high =
    { $count ->
        [one] { $count } lesson, { $zone } time
       *[other] { $count } lessons, { $zone } time
    }
admin-chart-lessons =
    { $count ->
        [0] No lessons
        [one] { $count } lesson
       *[other] { $count } lessons
    }
admin-decisions = Needs a decision
admin-decisions-all = See all approvals
admin-decisions-empty = Nothing waits for you
admin-decisions-empty-body = Offerings to approve and refunds that failed stand here.
admin-decision-new = New: { $title }
admin-decision-change = Change: { $title }
admin-decision-offering-note = { $name }, { $kind }, sent in { $when }
admin-decision-review = Review
admin-decision-refund = Refund of { $amount }
admin-decision-refund-note = { $number }, { $name }.
admin-decision-refund-failed = It failed
admin-decision-look = Look

## Approvals

admin-approvals-note = What has waited longest stands first
admin-approvals-what = What
admin-approvals-waiting = Sent in
admin-approvals-new = New
admin-approvals-change = Change, version { $number }
admin-approvals-empty = Nothing waits for a decision
admin-approvals-empty-body = When a tutor sends in an offering, it stands here until you approve it or ask for changes.
admin-review-sent-in = Sent in by { $name } { $when }
admin-review-content = What students would see
admin-review-edits =
    { $count ->
        [0] No edits
        [one] { $count } edit
       *[other] { $count } edits
    }
admin-review-title = Title
admin-review-description = Description
admin-review-levels = Levels
admin-review-prices = Prices
admin-review-live = Live now
admin-review-proposed = Proposed
admin-review-changed = Changed
admin-review-not-sold = Not sold
admin-review-decision = Your decision
admin-review-earlier-note = What you asked for last time
admin-review-approve = Approve and publish
admin-review-approving = Publishing…
admin-review-approve-hint = Students can book it at once. Orders made before keep their price.
admin-review-note = What has to change
admin-review-note-hint = The tutor reads this. What is live stays as it is.
admin-review-send-back = Send back with this note
admin-review-gone = Not in review any more
admin-review-gone-title = There is nothing left to decide
admin-review-gone-body = Somebody else decided, or the tutor took the offering back. Your decision changed nothing.
admin-review-next = See what waits
admin-done-approved = The offering is public now.
admin-done-sent-back = The offering is back with its tutor.

## Bookings

admin-bookings-note = The latest lesson stands first
admin-bookings-filter = Filter bookings
admin-bookings-search = Student, tutor or lesson
admin-bookings-empty = No bookings yet
admin-bookings-empty-body = Every lesson that a student books and pays stands here.
admin-your-time = Your time
admin-tutors-time = The tutor's time
admin-same-time = The same
admin-booking-cancelled-by = { $name } cancelled this lesson on { $when }
admin-booking-cancelled-on = This lesson was cancelled on { $when }
admin-booking-refunded = { $amount } goes back to the student's card.
admin-booking-not-refunded = Nothing went back.
admin-policy-of-order = Terms of the order
admin-policy-until = { $percent } back until { $when }
admin-policy-after = After that nothing comes back
admin-policy-frozen = These terms were agreed on when the order was made. Later changes of the settings do not touch them.
admin-cancel-lesson = Cancel lesson
admin-cancel-title = Cancel this lesson?
admin-cancel-which = { $student } with { $tutor }, { $when }
admin-cancel-explained = The student gets all of it back, { $amount }. Both get a mail, and the tutor's time is free again.
admin-cancel-own = This is your own lesson: by the terms of the order { $amount } comes back.
admin-cancel-and-refund = Cancel lesson and refund { $amount }
admin-cancel-keep = Keep the lesson
admin-cancelling = Cancelling…
admin-done-cancelled = The lesson is cancelled.

## Orders

admin-orders-note = The latest order stands first
admin-orders-filter = Filter orders
admin-orders-search = Number or student
admin-orders-empty = No orders yet
admin-orders-empty-body = When a student holds a time to pay for it, the order stands here.
admin-order-title = Order { $number }
admin-order-bought = What was bought
admin-order-rest = After refunds
admin-order-movements = Movements in the ledger
admin-order-no-movements = No money has moved for this order.
admin-line-with = { $tutor } · { $what }
admin-line-tutors-time = For the tutor { $when }
admin-to-booking = See the booking
admin-payment = Payment
admin-payment-none = The student has not opened the payment page.
admin-payment-created = Payment page is being prepared
admin-payment-open = Payment page is open
admin-payment-succeeded = Paid
admin-payment-expired = Payment page was closed unpaid
admin-payment-card = Card
admin-payment-fee = Stripe's fee
admin-payment-intent = Stripe payment
admin-payment-session = Stripe checkout
admin-refunds = Refunds
admin-refund-reason = Why
admin-refund-promised = Promised
admin-refund-settled = Settled
admin-refund-requested = On its way
admin-refund-succeeded = Sent
admin-refund-failed = Failed
admin-refund-cancelled-by-student = Cancelled by the student
admin-refund-cancelled-by-tutor = Cancelled by the tutor
admin-refund-cancelled-by-admin = Cancelled by the school
admin-refund-slot-taken = The time was taken
admin-refund-again = Send it again
admin-refund-again-busy = Sending…
admin-refund-sent-again = Sent again below
admin-done-refund-again = The refund is on its way again.
admin-refund-failed-title = A refund of this order failed
admin-refund-failed-body = The money is still owed to the student. Send the refund again, or look for the reason in Stripe by the name below.

## Ledger

admin-ledger-note = Every movement of money, in double entry
admin-ledger-balance = Balances, { $currency }
admin-ledger-account = Account
admin-ledger-debit = Debit
admin-ledger-credit = Credit
admin-ledger-sum = Sum
admin-ledger-zero = Both sides agree: difference { $amount }
admin-ledger-not-zero = The sides differ by { $amount }. Tell the platform's support.
admin-ledger-tutors =
    { $count ->
        [one] { $count } tutor
       *[other] { $count } tutors
    }
admin-ledger-by-tutor = Show escrow by tutor
admin-ledger-by-tutor-caption = Tutors' escrow, by tutor
admin-ledger-accounts = Transactions by account
admin-ledger-transactions = Transactions
admin-ledger-empty = No movements yet
admin-ledger-empty-body = The first payment opens the ledger.
admin-account-stripe-clearing = Money at Stripe
admin-account-tutor-escrow = Tutors' escrow
admin-account-tenant-revenue = Commission
admin-account-stripe-fees = Stripe's fees
admin-account-refunds-payable = Refunds payable
admin-transaction-payment = Payment
admin-transaction-stripe-fee = Stripe's fee
admin-transaction-refund = Refund promised
admin-transaction-refund-settled = Refund sent
admin-transaction-refund-failed = Refund failed

## Members

admin-members-note = Everybody with an account at this school, newest first
admin-members-filter = Filter members
admin-members-search = Name or email
admin-role = Role
admin-roles = Roles
admin-member-since = Since
admin-member-active = Active
admin-member-suspended = Suspended

## Settings

admin-settings-note = What everybody sees of the school, and on what terms it sells
admin-face = The school
admin-face-name = Name
admin-face-tagline = Tagline
admin-face-tagline-hint = One line under the name, at most 160 characters.
admin-face-brand = Brand colour
admin-face-brand-hint = Such as #1f7a4d. Light, dark and text colours follow from it.
admin-brand-sample = Book a lesson
admin-face-brand-pick = Pick a colour
admin-brand-link = All lessons
admin-brand-badge = New
admin-brand-repair = Use { $colour } instead
admin-brand-text = Text on it
admin-brand-page = On a white page
admin-brand-faint = Buttons in this colour are hard to find on a white page. A darker one works better.
admin-contrast = { $ratio } : 1
admin-face-locale = The school's language
admin-face-locale-hint = For readers who have not chosen one, and for mails.
admin-face-locales = Languages offered
admin-face-locales-hint = The school's own language is always offered.
admin-face-zone-hint = For statistics, and for readers whose zone is not known.
admin-face-currency = Currency
admin-face-currency-hint = Fixed since the school was founded.
admin-face-listed = Show the school in the platform's directory
admin-face-listed-hint = Its own address works either way.
admin-face-save = Save the school's details
admin-done-face = The school's details are saved.
admin-terms = Terms
admin-terms-note = Changes count for new orders. Each order keeps the terms that it was made under.
admin-terms-commission = Commission
admin-terms-commission-hint = The school's share of a lesson's price; the rest is the tutor's.
admin-terms-policy = When a student cancels
admin-terms-policy-hint = From the earliest to the latest. After the last step nothing comes back. Empty rows do not count.
admin-terms-prefix = Numbers of orders begin with { $prefix }.
admin-terms-save = Save the terms
admin-tier-hours = Cancelled at least this long before
admin-tier-refund = Comes back
admin-tier-hours-of = Step { $number }: hours before the lesson
admin-tier-refund-of = Step { $number }: percent that comes back
admin-hours-sign = hours
admin-percent-sign = %
admin-done-terms = The terms are saved. They count for new orders.

## The audit log

admin-nav-audit = Audit log
admin-audit-note = What was done at this school, by whom and from where. Entries are never changed or removed: each carries a fingerprint of the one before. The names of people who had their data deleted go, and an entry says so.
admin-audit-filter = Filter the audit log
admin-audit-search = Name, or what it was done to
admin-audit-action = Action
admin-audit-export = Export as CSV
admin-audit-who = Who
admin-audit-what = What
admin-audit-when = When
admin-audit-from = From
admin-audit-nobody = Nobody signed in
admin-audit-details = Details
admin-audit-before = Before
admin-audit-after = After
admin-audit-number = Entry { $number }
admin-audit-login-started = Signed in
admin-audit-login-ended = Signed a device out
admin-audit-login-all-ended = Signed out everywhere
admin-audit-password-changed = Changed the password
admin-audit-password-reset = Set a new password by mail
admin-audit-member-joined = Joined
admin-audit-school-founded = Founded the school
admin-audit-school-face-changed = Changed the school's face
admin-audit-school-terms-changed = Changed the terms
admin-audit-offering-approved = Approved an offering
admin-audit-offering-sent-back = Sent an offering back
admin-audit-booking-cancelled = Cancelled a lesson
admin-audit-refund-sent-again = Sent a refund again

## Members: invitations, roles, access

admin-invite = Invite somebody
admin-invite-note = They get a mail with a link that works for 14 days.
admin-invite-name-hint = If you know it. They can change it.
admin-invite-message = Message
admin-invite-message-hint = Included in the email.
admin-invite-send = Send the invitation
admin-invitations = Invitations
admin-invitations-note = Invited and not here yet, newest first
admin-invitations-empty = Nobody is waiting
admin-invitations-empty-body = Invite tutors, students and staff by email. They choose their own password.
admin-invited-by = Invited by
admin-invitation-until = Works until
admin-invitation-over = Expired
admin-invitation-again = Send again
admin-invitation-withdraw = Withdraw
admin-actions = Actions
admin-done-invited = The invitation is on its way.
admin-done-invited-again = The invitation is on its way again.
admin-done-invitation-withdrawn = The invitation is withdrawn: its link is over.
admin-import = Invite many
admin-import-note = Paste a list or send a file. You see what each line does before anything is sent.
admin-import-rows = One person a line
admin-import-hint = Name, email, role. A header may put the columns in another order; without a role somebody is a student. Several roles: tutor + student.
admin-import-example = Maya Patel, maya@example.com, tutor
admin-import-file = Or a file
admin-import-file-hint = A CSV file, up to 500 lines.
admin-import-file-empty = Choose a file with at least one line.
admin-import-look = Preview
admin-import-again = Preview again
admin-import-correct = Correct the list
admin-import-result = { $ready ->
    [0] Nobody can be invited
    [one] One person can be invited
   *[other] { $ready } people can be invited
}, { $wrong ->
    [0] no line is wrong
    [one] one line is left out
   *[other] { $wrong } lines are left out
}
admin-import-send = { $count ->
    [one] Invite one person
   *[other] Invite { $count } people
}
admin-import-line = Line
admin-import-line-number = Line { $number }
admin-import-ready = Ready
admin-import-twice = Already in the list further up
admin-import-name-long = The name is too long
admin-import-role-unknown = There is no such role
admin-done-imported = The invitations are on their way.
admin-role-student-hint = Books and pays for lessons.
admin-role-tutor-hint = Teaches: has a calendar, offerings and earnings.
admin-role-admin-hint = May do everything at this school.
admin-staff-role = Staff role
admin-staff-role-none = None
admin-staff-role-hint = For people who are not admins.
admin-staff-roles = Staff roles
admin-roles-note = Permissions for people who are not admins
admin-roles-empty = No staff roles yet
admin-roles-empty-body = Let a bookkeeper see the ledger, or the front desk invite students, without making them admins.
admin-role-new = New staff role
admin-role-name-hint = Such as Front desk or Bookkeeper.
admin-role-may = May
admin-role-may-hint = What is needed to see something is included.
admin-role-save = Save the role
admin-role-delete = Delete the role
admin-role-holders = { $count ->
    [0] Nobody
    [one] One person
   *[other] { $count } people
}
admin-done-role-saved = The role is saved.
admin-done-role-deleted = The role is deleted.
admin-may-see-overview = See the overview
admin-may-approve = Approve offerings
admin-may-see-bookings = See bookings
admin-may-cancel-bookings = Cancel bookings, with a full refund
admin-may-see-orders = See orders
admin-may-refund = Send failed refunds again
admin-may-see-ledger = See the ledger
admin-may-see-members = See members
admin-may-manage-members = Invite, change, suspend, merge and delete members
admin-may-manage-roles = Make and give staff roles
admin-may-manage-settings = Change the settings
admin-may-see-audit = See the audit log
admin-save-roles = Save the roles
admin-done-roles = The roles are saved.
admin-member-facts = At this school
admin-member-seen = Last here
admin-member-not-here = Not signed in
admin-member-upcoming = Lessons to come
admin-member-orders = Orders
admin-member-formerly = Also was
admin-member-access = Access
admin-member-sign-out = Sign out everywhere
admin-done-signed-out = They are signed out on every device.
admin-member-suspend = Suspend
admin-member-reinstate = Let in again
admin-suspend-title = Suspend { $name }?
admin-suspend-body = They are signed out at once and cannot sign in. A tutor is no longer shown. Nothing is deleted.
admin-suspend-lessons = { $count ->
    [one] One lesson to come stays booked. Cancel it under Bookings if it cannot take place.
   *[other] { $count } lessons to come stay booked. Cancel them under Bookings if they cannot take place.
}
admin-suspend-reason = Reason
admin-suspend-reason-hint = For the audit log. They do not see it.
admin-done-suspended = The member is suspended.
admin-done-reinstated = The member can sign in again.

admin-audit-member-invited = Invited somebody
admin-audit-invitation-sent-again = Sent an invitation again
admin-audit-invitation-withdrawn = Withdrew an invitation
admin-audit-member-roles-changed = Changed roles
admin-audit-member-suspended = Suspended a member
admin-audit-member-reinstated = Let a member in again
admin-audit-member-signed-out = Signed a member out
admin-audit-members-exported = Exported the members
admin-audit-staff-role-saved = Saved a staff role
admin-audit-staff-role-removed = Deleted a staff role
admin-audit-two-step-switched-on = Switched two-step verification on
admin-audit-two-step-switched-off = Switched two-step verification off
admin-audit-recovery-codes-renewed = Made new recovery codes
admin-audit-member-renamed = Changed their name
admin-audit-sign-in-refused = Many wrong passwords in a row
admin-audit-second-factor-refused = Second factor wrong five times
admin-audit-passkey-added = Added a passkey
admin-audit-passkey-removed = Removed a passkey
admin-audit-member-data-exported = Took everything about them as an archive
admin-audit-invitation-erased = Deleted what the log said of invitations
admin-audit-member-erased = Deleted a member's data
admin-audit-member-merged = Merged a duplicate into a member
admin-audit-identity-added = Connected an account elsewhere
admin-audit-identity-removed = Disconnected an account elsewhere
admin-audit-identity-provider-saved = Set up where members sign in
admin-audit-identity-provider-removed = Removed where members sign in
## Logo and storage

admin-logo = Logo
admin-logo-none = No logo yet: the school's first letter stands in its place.
admin-logo-hint = A square mark is best: it stands small beside the school's name.
admin-logo-alt = The school's logo
admin-done-logo = The logo is uploaded. It shows once it has been checked.
admin-done-logo-removed = The logo is removed.
admin-storage = Storage
admin-storage-used = { $used } of { $quota } MB
admin-storage-warning = Over { $percent } % of the school's storage is used. When it is full, no more files can be uploaded.
admin-audit-school-logo-sent = Uploaded a logo
admin-audit-school-logo-removed = Removed the logo
admin-audit-upload-infected = Sent an infected file
admin-done-imported-some = The invitations are on their way. Who was invited often lately, or by somebody else just now, was left out.
admin-may-impersonate = See the site as a member does
admin-impersonate = Help
admin-impersonate-body = See what they see, to find out what goes wrong.
admin-impersonate-open = See the site as they do
admin-impersonate-title = See the site as { $name }?
admin-impersonate-explained = For half an hour, and you are signed out of your own account meanwhile. You cannot pay, cancel or change how they sign in. What you do is logged under both names, and they see it among their devices.
admin-impersonate-reason-hint = For the audit log: what they asked for.
admin-audit-member-impersonated = Saw the site as a member

## Subjects and levels

admin-nav-subjects = Subjects
admin-subjects-note = What tutors can offer here, and at which levels
admin-subjects = Subjects
admin-subjects-hint = Tutors choose one for each offering; students filter by them.
admin-subject-new = New subject
admin-levels = Levels
admin-levels-hint = Such as GCSE, B2 or Beginner. Tutors choose any number.
admin-level-new = New level
admin-term-used = { $count ->
    [0] Not used
    [one] One offering
   *[other] { $count } offerings
}
admin-term-save = Rename
admin-term-rename = Name of { $name }
admin-term-remove = Remove { $name }
admin-done-term = Saved.
admin-done-term-removed = Removed.
admin-audit-catalogue-term-saved = Saved a subject or level
admin-audit-catalogue-term-removed = Removed a subject or level

## Signing in

admin-settings-school = School
admin-providers = Signing in
admin-providers-note = Besides email and password, members can sign in with an account that they have elsewhere. You register the school there once.
admin-provider-open-id = OpenID Connect
admin-provider-add = Add { $kind }
admin-provider-members = { $count ->
    [0] nobody signs in with it yet
    [one] one member signs in with it
   *[other] { $count } members sign in with it
}
admin-provider-on = On
admin-provider-off = Off
admin-provider-callback = Redirect address
admin-provider-callback-hint = Register this address there, letter by letter.
admin-provider-name = Name on the button
admin-provider-name-hint = As members call it, such as Campus account.
admin-provider-issuer = Issuer
admin-provider-issuer-hint = The provider's address, as it names itself. It needs https and a public address.
admin-provider-client = Client ID
admin-provider-apple-client = Services ID
admin-provider-facebook-client = App ID
admin-provider-apple-team = Team ID
admin-provider-apple-key = Key ID
admin-provider-apple-secret = Private key (the contents of the .p8 file)
admin-provider-secret = Client secret
admin-provider-secret-kept = Leave it empty to keep the one that you gave us. It is sealed and not shown again.
admin-provider-secret-none = Empty if the provider asks for none.
admin-provider-enabled = Members see it
admin-provider-enabled-hint = When you save, we ask the provider whether it is there. Whether ID and secret are right shows when somebody signs in, so try it once yourself.
admin-provider-save = Save
admin-provider-remove = Remove
admin-provider-remove-title = Remove { $name }?
admin-provider-remove-body = { $count ->
    [0] Nobody signs in with it.
    [one] One member signs in with it. They are signed out, and use another way: a passkey, or a password that they choose by mail.
   *[other] { $count } members sign in with it. They are signed out, and use another way: a passkey, or a password that they choose by mail.
}
admin-done-provider = Saved.
admin-done-provider-removed = Removed.

## Being forgotten

admin-erase-link = Delete their data
admin-erase-title = Delete the data of { $name }
admin-erase-body = Their name, email address and everything that they wrote or sent goes within minutes. What was bought, when and for how much stays in the accounts without their name. What a tutor earned and was not paid is then yours to settle. There is no way back.
admin-erase-reason-hint = For the audit log, such as: asked by mail on 3 May. Not their name.
admin-erase-button = Delete
admin-done-erased = Their data is being deleted. Within minutes only the accounts are left, without their name.

admin-domains = Domains
admin-domains-note = Your school under a domain of your own. Its links and mails lead to the main address; its other addresses lead on to it.
admin-domain-subdomain = Always yours
admin-domain-main = Main address
admin-domain-serves = Leads to the main address
admin-domain-waiting = Not proven yet
admin-domain-make-main = Make it the main address
admin-domain-main-title = Make { $host } the main address?
admin-domain-main-body = Links and mails lead there from now on, and your other addresses lead on to it.
admin-domain-main-sign-in = Who is signed in at another address stays there until they sign out, and then signs in at this one. Passkeys work at the address where they were made. If members sign in by Google or another provider, register the new address there first.
admin-domain-host = Domain
admin-domain-host-hint = Such as learn.your-school.com
admin-domain-add = Add the domain
admin-domain-proof = Yours
admin-domain-proof-unknown = Not looked at yet
admin-domain-proof-found = Proven
admin-domain-proof-missing = No record found
admin-domain-proof-different = A record says something else
admin-domain-proof-unanswered = The name servers do not answer
admin-dns-type = Type
admin-dns-name = Name
admin-dns-value = Value
admin-domain-unreached = Proven, not reached yet
admin-domain-record-apex = A domain without anything before it, such as your-school.com, takes no CNAME at most registrars: use an ALIAS or ANAME record there, or www.
admin-domain-route = Leads here
admin-domain-route-unknown = Not looked at yet
admin-domain-route-here = Yes
admin-domain-route-nowhere = Not reached over https
admin-domain-route-elsewhere = Somebody else answers
admin-domain-checked = Looked at { $time }. We look again every hour; a new record can take some hours to be seen.
admin-domain-unchecked = Add both records where your domain is registered, then look.
admin-domain-check = Look now
admin-domain-check-named = Look at { $host } now
admin-domain-checking = Looking …
admin-domain-remove = Remove
admin-domain-remove-title = Remove { $host }?
admin-domain-remove-body = Your school is not there any more at once. If it was the main address, that is your subdomain again.
admin-done-domain = The domain was added. Set its two records, then look.
admin-done-domain-checked = Looked. What was found is below.
admin-done-address = The main address was changed.
admin-done-domain-removed = The domain was removed.
admin-audit-domain-added = Added a domain
admin-audit-domain-proven = A domain was proven
admin-audit-domain-lost = A domain led astray or lost its proof
admin-audit-domain-removed = Removed a domain
admin-audit-school-address-changed = Changed the main address
admin-mail = Mail
admin-mail-tab = Mail
admin-mail-note = Who the mails come from that your school sends: confirmations, reminders, invitations.
admin-mail-from = From
admin-mail-answers = Answers go to
admin-mail-test = Send me a test mail
admin-mail-name = Name
admin-mail-name-hint = Instead of { $school }
admin-mail-reply-to = Where answers go
admin-mail-reply-to-hint = A mailbox that somebody reads. Without one, answers go to the address that mails come from.
admin-mail-own = An address of your own
admin-mail-own-note = Mails can come from your own domain. Its DNS then has the key that signs them (DKIM), so that mailboxes trust them.
admin-mail-address = Address
admin-mail-address-hint = Such as lessons@your-school.com
admin-mail-use = Use this address
admin-mail-change = Change the address
admin-mail-making = Making a key …
admin-mail-used = In use
admin-mail-waiting = Waits for its record
admin-mail-signature = Signature
admin-mail-unchecked = Add the record where your domain is registered, then look. Until it is found, mails come from the platform’s address.
admin-mail-remove = Use the platform’s address
admin-done-sender = Saved. Mails from now on say so.
admin-done-sender-test = A test mail is on its way to you.
admin-done-sender-address = Add the record below to your DNS, then look.
admin-done-sender-checked = Looked. What was found is below.
admin-done-sender-removed = Mails come from the platform’s address again.
admin-audit-school-sender-changed = Changed who mails come from
admin-audit-school-sender-proven = The mail address was proven
admin-audit-school-sender-lost = The mail address lost its record
admin-configuration = Configuration
admin-configuration-export = Export
admin-configuration-export-note = The school’s settings as a file: name, brand, languages, terms, features, mail, staff roles, documents. Nothing secret and nobody’s data is in it. Currency, domains and sign-in providers cannot move and are left out.
admin-configuration-download = Download the file
admin-configuration-import = Import
admin-configuration-import-note = From another school of yours, or a copy that you kept. You see what would change before it does.
admin-configuration-file = Settings
admin-configuration-file-hint = The text of such a file. What it leaves out stays as it is; documents become drafts.
admin-configuration-choose = Or choose the file
admin-configuration-look = See what would change
admin-configuration-changes = { $count ->
    [one] One setting would change
   *[other] { $count } settings would change
  }
admin-configuration-setting = Setting
admin-configuration-before = Now
admin-configuration-after = Then
admin-configuration-take = Import these settings
admin-configuration-nothing = Nothing
admin-done-configuration = The settings were imported.
admin-audit-school-configuration-imported = Imported settings
admin-features = Features
admin-features-note = What visitors and members of your school can do
admin-features-save = Save
admin-feature-off = Off
admin-feature-decided = The platform decided this for your school.
admin-done-features = The features were saved.
admin-audit-school-opened = Opened the school
admin-audit-school-suspended = Closed the school
admin-audit-school-reinstated = Opened the school again
admin-audit-school-deletion-planned = Decided that the school is deleted
admin-audit-school-kept = Decided that the school is kept
admin-audit-school-exported = Took an archive of the school
admin-audit-school-deleted = The school was deleted
admin-audit-school-quota-set = Decided about the storage
admin-audit-school-flags-decided = Decided about features
admin-audit-school-flags-chosen = Chose features
admin-audit-support-began = Came in as support
admin-audit-support-ended = Support access ended
admin-audit-job-retried = Ran a job again
admin-audit-job-discarded = Discarded a job
## Merging duplicates

admin-merge-link = Merge a duplicate
admin-merge-title = Merge a duplicate into { $name }
admin-merge-note = For somebody who signed up again with another address. What the duplicate bought and wrote comes here.
admin-merge-search = Search for the duplicate
admin-merge-suggested = Same name or mailbox
admin-merge-nobody-suggested = Nobody else has this name or this mailbox. Search for the duplicate.
admin-merge-found = Found
admin-merge-nobody-found = Nobody else has this in their name or email.
admin-merge-back = Choose another
admin-merge-swap = Keep the other one
admin-merge-stays = Stays
admin-merge-goes = Goes
admin-merge-not = These two cannot be merged this way
admin-merge-moves = What moves to { $name }
admin-merge-orders = { $count ->
    [one] One order, with its receipt
   *[other] { $count } orders, with their receipts
}
admin-merge-lessons = { $count ->
    [one] One lesson, past or to come
   *[other] { $count } lessons, past and to come
}
admin-merge-reviews = { $count ->
    [one] One review
   *[other] { $count } reviews
}
admin-merge-files = { $count ->
    [one] One file
   *[other] { $count } files
}
admin-merge-student = { $name } becomes a student as well
admin-merge-nothing = Nothing: the duplicate bought and wrote nothing
admin-merge-settled = What to know
admin-merge-overlapping = { $count ->
    [one] One lesson to come takes place while the other has a lesson too. Both stay booked: cancel one under Bookings.
   *[other] { $count } lessons to come take place while the other has a lesson too. All stay booked: cancel those that are too many under Bookings.
}
admin-merge-trials = { $count ->
    [one] Both had a trial with one tutor. It counts once.
   *[other] Both had a trial with { $count } tutors. Each counts once.
}
admin-merge-photos = Both have a photo. The one who stays keeps theirs, the other photo is deleted.
admin-merge-suspended = The duplicate is suspended and { $name } is not: they can sign in as { $name }.
admin-merge-lost = What is lost
admin-merge-login = { $email } signs in to nothing at this school any more, and is signed out at once. Accounts elsewhere that were connected have to be connected again.
admin-merge-account = Password and passkeys belong to the account: they work for other schools as before, and not for the one who stays.
admin-merge-roles = Whatever the duplicate is besides a student. Staff and tutors are not made by merging: give roles to the one who stays if they are to have them.
admin-merge-body = Both addresses get a mail that says so. There is no way back.
admin-merge-reason-hint = For the audit log, such as: asked by phone, knew both addresses.
admin-merge-button = Merge
admin-done-merged = The two are one now.
## Policies and guardians

admin-audit-policy-published = Published a document
admin-audit-policy-guardian-age-changed = Changed when a guardian is asked
admin-audit-guardian-asked = Had a guardian asked
admin-audit-guardian-given = A guardian consented
admin-audit-guardian-refused = A guardian refused
admin-audit-guardian-withdrawn = A guardian withdrew their consent
admin-audit-guardian-age-confirmed = Noted that a member is of age
admin-done-policy-saved = The draft is saved.
admin-done-policy-published = Published.
admin-done-guardian-age = Saved.
admin-done-guardian-asked = The mail to the guardian is on its way.
admin-done-age-confirmed = Noted: no guardian is needed.
admin-audit-guardian-asked-again = Sent a guardian the question again
