### A school's own documents, agreeing to them, and guardians. Keys begin with "policies-".

policies-terms = Terms of service
policies-privacy = Privacy notice
policies-version = Version { $number }, { $date }
policies-versions = All versions
policies-current = Current
policies-earlier = This is an earlier version.
policies-see-current = See the current version
policies-in-language = This document is in { $language }.

## In the forms of who joins

policies-agree-both = I agree to the terms of service and have read the privacy notice
policies-agree-terms = I agree to the terms of service
policies-agree-privacy = I have read the privacy notice
policies-new-tab = { $name } (opens in a new tab)
policies-age = How old are you?
policies-of-age = I am { $age } or older
policies-younger = I am younger than { $age }
policies-younger-note = A parent or guardian has to agree before you book. We write to them.
policies-guardian-name = Name of your parent or guardian
policies-guardian-email = Their email
policies-guardian-email-hint = They get a link with which they agree. It must not be your own email.

## Before somebody books

policies-agree-title = Before you go on
policies-agree-lead = { $school } needs this before you book or pay. You can look around and cancel lessons without it.
policies-agree-button = Agree and go on
policies-later = Not now
policies-clear = Nothing is missing: you can book.
policies-go-on = Go on
policies-done-agreed = Thank you, that is noted.

## A guardian, for who is young

policies-guardian-title = Your guardian's consent
policies-guardian-somebody = Your guardian
policies-guardian-none = You are too young to book alone here. Name a parent or guardian who agrees.
policies-guardian-asked = We wrote to { $name } ({ $email }) on { $date }. The link in that mail works until { $until }. Until they agree you can look around, but neither book nor pay.
policies-guardian-given = { $name } agreed on { $date }.
policies-guardian-refused = { $name } did not agree, so you can look around, but neither book nor pay. If that was a mistake, write to the school.
policies-guardian-expired = { $name } did not answer in time. Ask again, or name somebody else. Until somebody agrees you can look around, but neither book nor pay.
policies-guardian-withdrawn = { $name } withdrew their consent on { $date }. Lessons that are booked stay; you can neither book nor pay for new ones. If that was a mistake, write to the school.
policies-guardian-resend = Send the mail again
policies-guardian-other = Ask somebody else
policies-guardian-ask = Send them the mail
policies-done-asked = The mail to your guardian is on its way.

## What somebody agreed to

policies-agreements = What you agreed to
policies-agreements-none = You have not agreed to anything yet.
policies-agreed = Version { $number }, agreed on { $date }

## The guardian's page

policies-page-title = { $student } asks for your consent
policies-page-lead = { $student } wants to learn at { $school }, named you as their parent or guardian, and is too young to do this alone.
policies-page-what = If you consent, { $student } may book and pay for lessons at { $school }. You can withdraw at any time, by a link that we send you.
policies-page-documents = For { $student } you agree to these documents of the school:
policies-page-name = Your name
policies-page-box = I am the parent or legal guardian of { $student }, and I consent
policies-page-box-documents = I am the parent or legal guardian of { $student }, I have read the documents above, and I consent
policies-page-give = Consent
policies-page-no = If you do not agree, or do not know { $student }
policies-page-no-body = They are told that you refused, and can neither book nor pay.
policies-page-refuse = Refuse
policies-page-withdraw-title = Withdraw your consent for { $student }
policies-page-withdraw-lead = You agreed that { $student } learns at { $school }. Once you withdraw, nothing new can be booked or paid. Lessons that are booked stay; the school is told by mail and can cancel them.
policies-page-withdraw = Withdraw my consent
policies-over-title = This link works no more
policies-over-body = It was used, it is too old, or a newer mail has another one.
policies-told-given = Thank you
policies-told-given-body = Your consent is noted, and they are told. We sent you a mail with a link to withdraw it at any time.
policies-told-refused = You refused
policies-told-refused-body = They are told that they can neither book nor pay. Nothing more is sent to you.
policies-told-withdrawn = Your consent is withdrawn
policies-told-withdrawn-body = Nothing new can be booked from now on. The school is told by mail.

## The school's settings

policies-settings = Policies
policies-settings-documents = Documents
policies-settings-documents-note = Your own terms of service and privacy notice. Once one is published, whoever joins agrees to it, and the foot of every page leads there. What is published never changes: a change is a new version.
policies-settings-none = Not published yet
policies-settings-draft = Draft of { $date }
policies-settings-guardians = Guardians
policies-settings-guardians-note = Who is younger than this needs a parent or guardian to consent before they book. Students are asked on which side of the age they are; no date of birth is kept.
policies-settings-age = Ask a guardian
policies-settings-age-off = Never
policies-settings-age-under = Of students younger than { $age }
policies-settings-save = Save
policies-edit-text = Text in { $language }
policies-edit-own = In the school's own language, which everybody can fall back on. You can write ## headings, - lists, *emphasis*, **strong** words and [links](https://…); HTML and pictures are left out.
policies-edit-other = May stay empty: its readers then see the school's own language.
policies-edit-save = Save the draft
policies-edit-preview = How the draft looks in { $language }
policies-publish = Publish
policies-publish-note = What stands in the form becomes version { $number }. It can never be changed or taken back, only followed by a newer one.
policies-publish-asks = Ask members again
policies-publish-asks-hint = They agree to this version before they next book or pay. Leave it off for a small correction.
policies-publish-first = Everybody agrees to the first version before they next book or pay.
policies-edit-live = See version { $number }
policies-publish-sure = Publish version { $number }?
policies-publish-button = Publish version { $number }

## A member, for staff

policies-member = Agreements
policies-member-none = Has not agreed to anything yet.
policies-member-missing = Has not agreed yet to: { $documents }.
policies-member-age = Has not said yet whether they are { $age } or older.
policies-member-guardian = Guardian
policies-member-guardian-none = Said to be too young to book alone, and has named no guardian.
policies-member-guardian-asked = { $name } ({ $email }) was asked on { $date } and can answer until { $until }.
policies-member-guardian-given = { $name } ({ $email }) consented on { $date }.
policies-member-guardian-refused = { $name } ({ $email }) refused on { $date }.
policies-member-guardian-expired = { $name } ({ $email }) did not answer until { $until }.
policies-member-guardian-withdrawn = { $name } ({ $email }) withdrew their consent on { $date }.
policies-member-guardian-gone = Somebody whose name we no longer keep
policies-member-resend = Send the mail again
policies-member-ask = Ask a guardian
policies-member-name = Name of the guardian
policies-member-email = Email of the guardian
policies-member-of-age = They are of age
policies-member-of-age-note = If you know that they are old enough, no guardian is needed any more.

## Mails

policies-mail-asked-subject = { $student } asks for your consent to learn at { $school }
policies-mail-asked-heading = { $student } needs your consent
policies-mail-asked-intro = Hello { $name }, { $student } wants to learn at { $school }, named you as their parent or guardian, and may neither book nor pay before you consent. The link leads to a page that says to what, and lets you consent or refuse.
policies-mail-asked-until = The link works once, until { $until }.
policies-mail-asked-ignore = You do not know them? Refuse on that page, or do nothing.
policies-mail-asked-button = Consent or refuse
policies-mail-asked-footer = You get this mail because somebody who wants to learn at { $school } named you as their parent or guardian.
policies-mail-documents = The documents:
policies-mail-document = { $name }: { $url }
policies-mail-given-heading = Your guardian agreed
policies-mail-given-intro = Hello { $name }, { $guardian } agreed that you learn at { $school }. You can book now.
policies-mail-refused-heading = Your guardian did not agree
policies-mail-refused-intro = Hello { $name }, { $guardian } did not agree that you learn at { $school }. You can look around, but neither book nor pay.
policies-mail-withdrawn-heading = Your guardian withdrew their consent
policies-mail-withdrawn-intro = Hello { $name }, { $guardian } does not agree any more that you learn at { $school }. Lessons that are booked stay; you can neither book nor pay for new ones.
policies-mail-find = Find a tutor
policies-mail-student-button = See what is missing
policies-mail-thanked-subject = You consented that { $student } learns at { $school }
policies-mail-thanked-heading = Thank you for your consent
policies-mail-thanked-intro = Hello { $name }, { $student } may now book and pay for lessons at { $school }.
policies-mail-thanked-withdraw = Keep this mail: its link lets you withdraw your consent at any time. Nothing new can be booked from then on.
policies-mail-thanked-button = Withdraw my consent
policies-mail-reported-subject = The guardian of { $student } withdrew their consent
policies-mail-reported-heading = A guardian withdrew their consent
policies-mail-reported-intro = Hello { $name }, { $guardian } withdrew the consent for { $student }, who can neither book nor pay from now on.
policies-mail-reported-lessons = Lessons that are booked stay. Please decide with the guardian whether they take place.
policies-mail-reported-button = See the member
policies-missing = You cannot book yet
policies-missing-body = Something has to be agreed to first: by you, or by your parent or guardian.
policies-missing-see = See what is missing
policies-member-of-age-sure = From then on they book without a guardian, and cannot be made a minor again here. Do it only when you have seen their age.
