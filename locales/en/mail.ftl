### Mails: subjects and texts. Keys begin with "mail-".

## A lesson is booked

mail-confirmed-student-subject = Booked: { $title } with { $tutor }, { $when }
mail-confirmed-student-heading = Your lesson is booked
mail-confirmed-student-intro = Hello { $name }, your payment arrived and the time is yours. The attached file puts the lesson into your calendar.
mail-confirmed-student-cancel = You can cancel free of charge until { $until }.
mail-confirmed-tutor-subject = New lesson: { $title } with { $student }, { $when }
mail-confirmed-tutor-heading = You have a new lesson
mail-confirmed-tutor-intro = Hello { $name }, { $student } booked and paid for a lesson with you. The attached file puts it into your calendar.

## A lesson is cancelled

mail-cancelled-subject = Cancelled: { $title }, { $when }
mail-cancelled-heading = The lesson does not take place
mail-cancelled-by-you = Hello { $name }, you cancelled this lesson. The attached file takes it out of your calendar.
mail-cancelled-by-tutor = Hello { $name }, { $tutor } had to cancel this lesson. The attached file takes it out of your calendar.
mail-cancelled-by-student = Hello { $name }, { $student } cancelled this lesson. The attached file takes it out of your calendar.
mail-cancelled-by-school = Hello { $name }, { $school } cancelled this lesson. The attached file takes it out of your calendar.
mail-cancelled-refund = { $amount } goes back to the card you paid with. We write again when it is on its way.
mail-cancelled-no-refund = Under the cancellation policy you booked with, nothing is refunded this close to the lesson.
mail-cancelled-tutor-free = The time is free again for other students.

## Money goes back

mail-refunded-subject = { $amount } from { $school } is on its way back to you
mail-refunded-heading = { $amount } is on its way back to you
mail-refunded-intro = Hello { $name }, we refunded your payment for “{ $title }”. Your bank usually shows it within 5 to 10 days.
mail-late-subject = Refunded in full: { $title } was no longer free
mail-late-heading = We could not book your lesson
mail-late-intro = Hello { $name }, your payment arrived too late: the time could no longer be booked.
mail-late-refund = We refund { $amount }, all of it, without you doing anything. Your bank usually shows it within 5 to 10 days.
mail-late-times = The next free times with { $tutor } ({ $zone }):

## Facts

mail-fact-lesson = Lesson
mail-fact-tutor = Tutor
mail-fact-student = Student
mail-fact-when = When
mail-fact-paid = Paid
mail-fact-refund = Refund
mail-fact-order = Order
mail-when = { $day }, { $hours }, { $zone }
# The card that was charged, or that the money goes back to.
mail-paid-with = { $amount }, { $brand } ending in { $last4 }

## What the calendar shows

mail-event-student = { $title } with { $tutor }
mail-event-tutor = { $title } with { $student }

## Buttons

mail-button-lesson = See the lesson
mail-button-find = Find another time
mail-button-calendar = Open the calendar
mail-button-order = See the order
mail-button-other-time = Choose another time

mail-footer = You get this mail because of a lesson or an order of yours at { $school }.

## Getting in

mail-code-subject = Your code for { $school }
mail-code-intro = This is the code with which you create your account at { $school }. Type it where you signed up; it works for 30 minutes.
mail-code-ignore = You did not ask for it? Then do nothing: without the code nothing happens. Do not tell it to anybody.
mail-found-subject = Your code to open your school
mail-found-intro = This is the code with which you open your school. Type it where you filled in the form; it works for 30 minutes.
mail-fact-code = Code
mail-button-code = Enter the code
mail-known-subject = You have an account at { $school }
mail-known-heading = You have an account already
mail-known-intro = Hello { $name }, somebody wanted to create an account at { $school } with your email. You have one: sign in with your password.
mail-known-forgot = If you forgot it, choose a new one from the sign-in page. If it was not you, do nothing.
mail-button-sign-in = Sign in
mail-reset-subject = Choose a new password for { $school }
mail-reset-heading = Choose a new password
mail-reset-intro = Hello { $name }, with this link you choose a new password. It works once, for 30 minutes.
mail-reset-ignore = You did not ask for it? Then do nothing: your password stays as it is.
mail-button-reset = Choose a new password
mail-access-hello = Hello { $name }.
mail-access-not-you = It was not you? Choose a new password at once, and tell the school.
mail-access-password = Your password was changed
mail-access-password-intro = The password of your account was changed, and every other device was signed out.
mail-access-two-step-on = Two-step verification is on
mail-access-two-step-on-intro = Two-step verification was switched on for your account, and every other device was signed out.
mail-access-two-step-off = Two-step verification is off
mail-access-two-step-off-intro = Two-step verification was switched off for your account: from now on the password alone lets somebody in.
mail-access-recovery-codes = There are new recovery codes
mail-access-recovery-codes-intro = New recovery codes were made for your account. The old ones work no more.
mail-access-recovery-code-used = A recovery code was used
mail-access-recovery-code-used-intro = One of your recovery codes was used to sign in or to confirm a change. It works no more; under “Sign-in and security” you see how many are left, and can make new ones.
mail-access-passkey-added = A passkey was added
mail-access-passkey-added-intro = A passkey was added to your account: it signs in without the password.
mail-access-passkey-removed = A passkey was removed
mail-access-passkey-removed-intro = A passkey was removed from your account.
mail-access-identity-added = An account elsewhere signs you in now
mail-access-identity-added-intro = Your account is connected with one that you have elsewhere: whoever signs in there gets in here. If that was not you, disconnect it under “Sign-in and security”, and choose a new password.
mail-access-identity-removed = An account elsewhere is disconnected
mail-access-identity-removed-intro = An account elsewhere does not sign you in here any more.
mail-access-wrong-codes = Wrong codes at your sign-in
mail-access-wrong-codes-intro = Somebody passed the first step of signing in as you, by your password or by an account that you have elsewhere, and then typed wrong codes several times. They did not get in, thanks to two-step verification.
mail-button-new-password = Choose a new password
mail-merged-subject = Your two accounts at { $school } are one now
mail-merged-heading = Your two accounts are one now
mail-merged-stays-intro = Hello { $name }, you had two accounts at { $school }, and the school has merged them. This is the one that stays: sign in with this email, as before.
mail-merged-stays-then = Your lessons, orders and receipts of both are here.
mail-merged-goes-intro = Hello { $name }, you had two accounts at { $school }, and the school has merged them. The one of this email is over: sign in with your other email there.
mail-merged-goes-then = Your lessons, orders and receipts are all in the other account. Nothing changes at other schools.
mail-merged-ask = You have only one, or do not know which other email that is? Ask { $school }.
mail-merged-known-subject = You have another account at { $school }
mail-merged-known-heading = Sign in with your other email
mail-merged-known-intro = Hello { $name }, somebody wanted to get in at { $school } with this email. Your account of this email was merged into your other one there: sign in with your other email, or choose a new password for that one.
mail-footer-member = You get this mail because you are a member of { $school }.
mail-footer-access = You get this mail because your email is in use at { $school }.

## Invitations

mail-invitation-subject = { $inviter } invites you to { $school }
mail-invitation-heading = Join { $school }
mail-invitation-intro = { $inviter } invites you to { $school }.
mail-invitation-how = The button leads to the page where you accept. It works until { $until }, for you alone: do not pass this mail on.
mail-fact-as = As
mail-button-invitation = See the invitation
mail-domain-astray = { $host } no longer leads to your school
mail-domain-astray-intro = We looked at { $host } for some hours and were not reached there. So that nobody is led to a page that is not there, links and mails lead to your subdomain again. Once the domain leads to us, you can make it the address of your school again.
mail-domain-unproven = The proof of { $host } is gone
mail-domain-unproven-intro = The record that proves that { $host } is your school’s has been missing from its DNS for three days, so your school is not served there any more. Put the record back, look again, and it is.
mail-sender-lost = Your own mail address is not used any more
mail-sender-lost-intro = The record with the key that signs your mails is gone from your domain’s DNS. So that mails still arrive, they come from the platform’s address again. Put the record back, and your own address is used again within the hour.
mail-sender-test = This is how your mails arrive
mail-sender-test-intro = You asked for this mail to see who it comes from. If it landed among spam, an address of your own domain helps.
mail-erased = Your data was deleted
mail-erased-intro = Your data at { $school } was deleted. What was sold, when and for how much is kept without your name, as the law asks. You cannot sign in there any more.
mail-erased-footer = This is the last mail of { $school } to this address. The address itself is kept no more.
mail-access-wrong-passwords = Wrong passwords at your sign-in
mail-access-wrong-passwords-intro = Somebody tried wrong passwords for your account, many times in a row. They did not get in, and each further try has to wait. If you did not do it, a password that you use nowhere else and two-step verification keep you safe.
mail-button-sender = Mail settings
mail-button-domains = See your domains
mail-footer-admin = You get this mail because you run { $school }.
mail-fact-reason = Reason
mail-fact-until = Until
mail-fact-deleted-at = Deleted on
mail-button-school = Open the school
mail-button-audit = See the audit log
mail-button-storage = See what is kept
mail-school-suspended = Your school is closed
mail-school-suspended-intro = The platform closed your school: nobody gets in for now. Nothing was deleted, and money that is open is still settled. Answer this mail if you want to talk about it.
mail-school-reinstated = Your school is open again
mail-school-reinstated-intro = The platform opened your school again. Everything is as it was.
mail-school-leaving = Your school will be deleted
mail-school-leaving-intro = The platform closed your school and will delete everything of it on the day below, books and files included. Until then that can be undone: answer this mail, also if you want an archive of your data.
mail-school-kept = Your school will not be deleted
mail-school-kept-intro = Your school is kept after all. It stays closed until the platform opens it again.
mail-support = The platform’s support came in
mail-support-intro = { $name } is staff of your school for an hour, to help. Your audit log says what they do, and you can suspend them on their member page.
mail-storage = { $percent } % of your storage is used
mail-storage-intro = Your school uses over { $percent } % of what it may keep. When it is full, no more files can be sent. Remove what you no longer need, or ask the platform for more.
