### What went wrong, what it means, what to do. The key is the code that the server's
### errors carry ("error-…"). Arguments come from FieldError::with.

## Any form

error-required = Fill in this field.
error-choice = Choose one of the options.
error-malformed = This request could not be read. Reload the page and try again.
error-too-long = Use at most { $max } characters.
error-too-short = Use at least { $min } characters.
error-too-small = Enter at least { $min }.
error-too-large = Enter at most { $max }.
error-not-a-number = Enter a whole number.
error-amount = Enter an amount such as { $example }.
error-date = Enter a date.
error-time = Enter a time such as 17:30.
error-url = Enter a full web address that begins with https://.
error-taken = This is already in use. Choose another.
error-zone = Choose a time zone from the list.
error-language = Choose a language from the list.
error-currency = Choose a currency from the list.
error-colour = Enter a colour such as #1f7a4d.
error-slug = Use 3 to 40 small letters, digits and hyphens.
error-slug-taken = This address is already in use. Choose another.

## Accounts

error-email = Enter an email address such as name@example.com.
error-password-short = Use at least { $min } characters for the password.
error-password-long = Use at most { $max } characters for the password.
error-password-common = This password is too easy to guess. Choose another.
error-password-breached = This password appears in lists of stolen passwords. Choose another.
error-password-same = This is your current password. Choose another.
error-password-wrong = This is not your current password.
error-code-wrong = This is not the code that we sent. Check the eight digits.
error-proof-over = This code is too old, was used, or was wrong too often. Start again to get a new one.
error-reset-over = This link is too old or was used. Ask for a new one.
error-sign-in = The email or the password is wrong.
error-challenge-over = This took too long, was done already or was wrong too often. Start again.
error-factor-wrong = This code is wrong or was used. The app shows a new one every half minute.
error-passkey = The passkey could not be used. Try again, or choose another way.
error-too-many-passkeys = You have as many passkeys here as we can keep. Remove one first.
error-erase-email = This is not the email of your account here.
error-erase-lessons = There are lessons to come. They have to be cancelled first, or be over.
error-erase-money = A payment or a refund is still under way. Try again when it is settled.
error-erase-earnings = There are earnings that were not paid out yet. Ask the school: it settles them and deletes your data.
error-two-step-on = Two-step verification is on already.
error-identity-cancelled = You came back without signing in there.
error-identity-unavailable = The other site does not answer. Try again later, or use another way.
error-identity-settings = Signing in there is not set up rightly. Please tell the school, and use another way.
error-identity-refused = The answer of the other site was not what we asked for. Start again.
error-identity-taken = Somebody at this school signs in with that account already.
error-identity-other = You are connected with another account there. Disconnect it first.
error-identity-brand = For Google, Apple and Facebook there is a form of their own: go back and add that one.
error-identity-only-way = This is your only way in. Choose a password first.
error-identity-preset = For this provider there is a form of its own: go back and add that one.
error-identity-check = The provider did not pass the check: { $why }.
error-identity-known = This provider is set up already.
error-identity-secret-again = The issuer is another one, so type its secret.
error-apple-id = Ten letters and digits, as Apple shows them.
error-too-many-providers = You have as many as can be. Remove one first.
error-changed-meanwhile = Somebody else changed this meanwhile. Open it again.

## The whole request

error-invalid = Some fields need another look.
error-unauthenticated = Sign in to continue.
error-not-found = We could not find that. It may have been removed.
error-conflict = This changed in the meantime. Reload the page and try again.
error-rate-limited =
    { $seconds ->
        [one] Too many tries. Wait { $seconds } second and try again.
       *[other] Too many tries. Wait { $seconds } seconds and try again.
    }
error-unavailable = This does not work at the moment. Try again in a few minutes.
error-network = We could not reach the server. Check your connection and try again.
error-internal = Something went wrong on our side. Nothing was lost; try again.

## Booking

error-slot-taken = Someone else has just taken this time. Choose another.
error-slot-outside-hours = The tutor does not teach at this time. Choose another.
error-slot-too-soon = This time is too close. Choose a later one.
error-slot-too-far = This time is too far ahead. Choose an earlier one.
error-slot-yours = You already hold a time that overlaps with this one.
error-lesson-overlaps = You have another lesson at this time. Choose another.
error-too-many-holds = You hold three times already. Pay for one or give one back first.
error-trial-used = You have had your trial lesson with this tutor. Book a regular lesson instead.
error-own-lesson = You cannot book a lesson with yourself.
error-offer-changed = This offer has changed since you opened the page. Look at the tutor’s page for what is on offer now.
error-booking-cancelled = This lesson is already cancelled.
error-lesson-started = This lesson has already started, so it can no longer be cancelled.
error-refund-changed = A deadline has passed meanwhile, so another amount comes back. Nothing was cancelled: look at the new amount and decide again.
error-hold-expired = We could not keep the time for you any longer. Choose it again if it is still free.
error-order-paid = There is nothing left to pay on this order.
error-payment-down = The payment service does not answer at the moment. Your time is still held: try again shortly.
error-refund-bound = More would be refunded than was paid.
error-refund-not-open = This refund was sent again already, or has not failed. Nothing was sent.

## Working hours

error-window-weekday = Choose a day of the week.
error-window-empty = The end must be after the start.
error-window-too-long = These hours are too long. Split them in two.
error-window-step = Use times in steps of five minutes, such as 17:05.
error-window-overlap = These hours overlap with others.

## Cancellation policy

error-policy-order = Each step must be nearer to the lesson than the one before.
error-policy-too-early = A step can be at most a year before the lesson.
error-policy-more-than-paid = A refund cannot be more than was paid.
error-policy-rising = A later step cannot refund more than the one before.

## Teaching: offerings, profile, hours, settings

error-colour-pale = This colour can hardly be seen on a white page. Choose a darker one.
error-date-far = Choose a date within the next two years.
error-date-past = This date has passed.
error-duration = Enter 15 to 240 minutes in steps of five.
error-duration-twice = This length is already in the list.
error-offering-archived = This offering is archived.
error-offering-in-review = This offering is being reviewed. Withdraw it first to change it.
error-offering-not-in-review = This offering is no longer waiting for a decision.
error-offering-nothing-open = There is nothing to send: the published version is the latest.
error-percent = Enter a percentage from 0 to 100.
error-price = Enter a price such as 32.00.
error-price-least = Enter at least { $least }: nothing below it can be paid by card.
error-price-most = Enter at most { $most }.
error-price-step = Enter a multiple of { $step }.
error-range = Enter a number from { $min } to { $max }.
error-required-to-publish = Fill this in before you publish.
error-review-stale = The tutor changed this in the meantime. Look at the new version and decide again.
error-too-many = Use at most { $max }.
error-too-many-exceptions = You have as many dates as we can keep. Remove past ones first.
error-year = Enter a year such as 2019.
error-year-order = The end must not be before the start.

## Members and roles

error-choose-one = Choose at least one.
error-grant-too-much = You cannot give more than you may do yourself.
error-invitation-over = This invitation was accepted, withdrawn or has expired. Ask the school for another.
error-invited-already = This address is invited already. Send that invitation again instead.
error-last-admin = The school needs at least one admin who can sign in.
error-member-exists = Somebody with this address is a member already.
error-member-outranks = You cannot do this to somebody who may do more than you.
error-nobody-to-invite = There is nobody left on this list to invite.
error-role-has-lessons = { $lessons ->
    [one] There is one lesson to come. Cancel it before you take this role away.
   *[other] There are { $lessons } lessons to come. Cancel them before you take this role away.
}
error-role-held = Somebody has this role or is invited to it. Give them another one first.
error-role-name-taken = Another role has this name.
error-suspend-oneself = You cannot suspend yourself.
error-suspended = Your membership is suspended. Please ask the school.
error-too-many-lines = Use at most { $max } lines and 256 KB. Split the list.
error-too-many-roles = You have as many roles as we can keep. Remove one first.
## Files

error-file-missing = Choose a file.
error-file-broken-off = The file did not arrive completely. Send it again.
error-file-too-large = This file is too large. Send one of at most { $max } MB.
error-file-picture = This is not a JPEG, PNG or WebP picture. Choose another file.
error-file-kind = Files of this kind are not taken. Send a PDF, a picture, a text or a ZIP.
error-file-held = This file is not available.
error-picture-too-large = This picture has too many pixels. Send one of at most 64 megapixels.
error-picture-too-small = This picture is too small. Send one of at least 32 pixels on each side.
error-storage-full = The school's storage is full. Ask an admin to make room.
error-list-changed = Meanwhile this list invites other people than you saw. Look at it again.
error-own-offering = This is your own offering. Somebody else has to decide.
error-impersonating = You only see the site as they do. This they have to do themselves.
error-member-suspended = This member is suspended.
error-merged = You have another account at this school, which has everything of this one. Sign in with your other email, or ask the school.
error-merge-oneself = You cannot merge yourself away. Keep yourself, or ask somebody else to do it.
error-merge-suspended = The one who stays is suspended. Let them in again first, or keep the other one.
error-merge-own-lessons = One of the two bought lessons from the other. They stay two.
error-merge-tutors = Both have a tutor's page. Calendars, offerings and earnings cannot be merged.
error-merge-tutor = The one who goes has a tutor's page, whose calendar, offerings and earnings cannot move. Keep that one.
error-own-admin = You cannot take this role from yourself. Ask another admin.
error-term-letters = Use at least one letter or digit.
error-term-used = An offering uses this. Rename it instead, or change the offering first.
error-too-many-terms = You have as many as we can keep. Remove one first.
error-domain = Write a whole domain, such as learn.your-school.com.
error-domain-ours = This address is the platform’s.
error-domain-known = This domain is in your list already.
error-domain-taken = Another school has proven that this domain is theirs.
error-too-many-domains = A school has at most 10 domains.
error-domain-unproven = The record that proves this domain was not found.
error-domain-astray = We are not reached at this domain yet, so nobody would find your school there.
error-operator-two-step = Switch two-step verification on first.
error-founding-closed = New schools are not opened at the moment.
error-sign-up-closed = New members come by invitation only. Ask the school for one.
error-payments-paused = Bookings and payments are paused at the moment. Please try again later.
error-uploads-paused = Files cannot be sent at the moment. Please try again later.
error-school-deleted = This school was deleted.
error-school-closed = This school is closed.
error-slug-mistyped = This is not the school’s subdomain.
error-between = Between { $min } and { $max }.
error-job-gone = This job runs just now, or is gone.
error-support-member = You are a member of this school: sign in there.
error-link-over = This link is over or was used. Make a new one.

## Consent

error-consent = Something is missing before you can book or pay. Open your account to see what.
error-agree = Tick the box to go on.
error-policy-newer = A newer version was published meanwhile. Read it and tick the box again.
error-age = Say whether you are { $age } or older.
error-age-staff = Who teaches or works here is { $age } or older: say that you are.
error-guardian-own = This is your own email. Enter the one of your parent or guardian.
error-guardian-over = This link was used, is too old, or a newer mail has another one.
error-guardian-decided = The guardian has decided already. If that was a mistake, write to the school.
error-is-guardian = Tick the box if you are the parent or guardian.
error-policy-own-language = Write the text in the school's own language.
error-policy-draft-changed = The draft was changed or published meanwhile. Look at it again.
error-policy-same = The draft says the same as the published version.
error-merge-guardian = Who goes has a guardian’s consent, or asked for one. Keep this one, and merge the other into it.
error-member-oneself = Somebody else at the school decides this about you.
error-one-line = This must be one line.
error-configuration = This cannot be read: { $problem }
error-configuration-format = This is no file of settings: "wemaster_configuration": 1 is missing.
error-configuration-wrong = Some of it cannot be taken, so nothing is. What is wrong stands at each setting.
error-configuration-same = Nothing would change: the settings are like this already.
error-configuration-unseen = Look at what would change, then import it.
error-feature-decided = The platform decided this for your school.
error-slug-reserved = The platform keeps this address for itself. Choose another.
error-school-has-admin = Somebody runs this school already: they can invite others.
error-merge-visitor = Somebody of the platform’s support is nobody’s duplicate.
error-member-visitor = Who comes from the platform to help holds no role: their access ends by itself.
