### Words that every portal uses. They name no brand. Keys begin with "common-".

## Actions

common-save = Save
common-save-changes = Save changes
common-cancel = Cancel
common-choose-file = Choose a file
common-drop-file = or drop it here
common-back = Back
common-next = Next
common-previous = Previous
common-continue = Continue
common-close = Close
common-search = Search
common-filter = Filter
common-filters = Filters
common-clear = Clear
common-clear-filters = Clear filters
common-apply = Apply
common-add = Add
common-edit = Edit
common-remove = Remove
common-delete = Delete
common-undo = Undo
common-confirm = Confirm
common-send = Send
common-retry = Try again
common-copy = Copy
common-copied = Copied
common-download = Download
common-print = Print
common-view = View
common-details = Details
common-show-all = Show all
common-show-more = Show more
common-show-less = Show less
common-actions = Actions
common-sign-in = Sign in
common-sign-out = Sign out
common-sign-up = Sign up

## Forms

common-email = Email
common-password = Password
common-show-password = Show password
common-hide-password = Hide password
common-name = Name
common-optional = optional
common-required = required
common-choose = Choose…
common-saved = Saved
common-form-problems =
    { $count ->
        [one] There is a problem with { $count } field
       *[other] There are problems with { $count } fields
    }

## Page furniture

common-home = Home
common-menu = Menu
common-main-menu = Main menu
common-account-menu = Account menu
common-breadcrumb = You are here
common-skip-to-content = Skip to content
common-messages = Messages
common-loading = Loading…
common-settings = Settings
common-help = Help
common-language = Language
common-time-zone = Time zone
common-theme = Theme
common-theme-light = Light
common-theme-dark = Dark
common-theme-system = System
common-page-first = First page
common-page-newer = Newer
common-page-older = Older
common-page-previous = Previous page
common-page-next = Next page
common-done-verified = It is you. Nothing was changed yet: please do it again.
common-closed-title = This school is closed at the moment
common-closed-body = What was booked and paid is kept. Ask the school when it opens again.
common-no-site-title = There is no site at this address
common-no-site-body = Check how the address is spelled.
common-pages = Pages
common-results =
    { $count ->
        [0] No results
        [one] { $count } result
       *[other] { $count } results
    }
common-opens-in-new-tab = opens in a new tab
common-times-in-zone = Times are in { $zone }

## Words

common-yes = Yes
common-no = No
common-all = All
common-none = None
common-other = Other
common-date = Date
common-time = Time
common-duration = Duration
common-status = Status
common-price = Price
common-total = Total
common-amount = Amount
common-from = From
common-to = To
common-new = New
common-you = You
common-role-student = Student
common-role-tutor = Tutor
common-role-admin = Admin
common-role-staff = Staff

## Lists: "A, B and C". The second form is for a last word that begins with an i sound.

common-list-comma = { $rest }, { $next }
common-list-last = { $rest } and { $last }
common-list-last-i = { $rest } and { $last }

## Languages by their name, for "teaches in"

common-language-en = English
common-language-es = Spanish
common-language-fr = French
common-language-de = German
common-language-it = Italian
common-language-pt = Portuguese
common-language-ar = Arabic
common-language-zh = Chinese
common-language-ja = Japanese
common-language-el = Greek
common-language-tw = Twi
common-language-he = Hebrew
common-language-sv = Swedish
common-language-hi = Hindi
common-language-cy = Welsh
common-language-ur = Urdu
common-language-nl = Dutch
common-language-ru = Russian
common-language-tr = Turkish
common-language-ko = Korean
common-language-ca = Catalan
common-language-eu = Basque
common-language-gl = Galician
common-language-uk = Ukrainian
common-language-ro = Romanian
common-language-da = Danish
common-language-no = Norwegian
common-language-fi = Finnish
common-language-cs = Czech
common-language-hu = Hungarian
common-language-vi = Vietnamese
common-language-bn = Bengali
common-language-pa = Punjabi
common-language-ta = Tamil
common-language-ne = Nepali
common-language-fa = Persian
common-language-sw = Swahili
common-language-yo = Yoruba
common-language-ig = Igbo
common-language-so = Somali
common-language-ga = Irish
common-language-th = Thai
common-language-id = Indonesian
common-language-ms = Malay
common-language-tl = Tagalog
common-language-pl = Polish

## Frames: header, footer, menus

common-platform-name = WeMaster
common-language-and-zone = Language and time zone
common-portal-student = My lessons
common-portal-tutor = Teaching
common-portal-admin = Administration
common-more = More
common-footer = About this site
common-copyright = © { $year } { $name }

## Pages that say that something did not work

common-not-found-title = There is nothing here
common-not-found-body = The page has moved, or it never was. Check the address, or start from the front page.
common-conflict-title = That did not work
common-slow-title = Too many tries
common-slow-body =
    { $seconds ->
        [one] Please wait { $seconds } second and try again.
       *[other] Please wait { $seconds } seconds and try again.
    }
common-fault-title = Something went wrong on our side
common-fault-body = Nothing was charged or lost by this. Try again; if it happens again, tell us this number: { $id }

## Pictures that are sent

common-upload-choose = Choose a picture
common-upload-drop = or drop it here
common-upload-hint = JPEG, PNG or WebP, at most { $max } MB
common-upload-send = Upload
common-upload-remove = Remove
common-upload-held = “{ $name }” is being checked. It shows once that is done.
common-upload-waiting = “{ $name }” is being checked. The virus scanner does not answer at the moment; we keep trying.
common-upload-unchecked = “{ $name }” is too large for the virus scanner, so it stays hidden. Send a smaller one.
common-upload-infected = The virus scanner found { $found } in “{ $name }”. The file was deleted; nobody saw it.
common-upload-rejected = “{ $name }” could not be read as a picture. Save it again as JPEG or PNG and send that.
common-impersonating = You, { $staff }, see the site as { $name }. What you do is logged.
common-impersonating-stop = Stop
common-form-not-done = This was not done
common-portal-operator = Console
common-role-operator = Operator
common-flag-sign-up = People may sign themselves up
common-flag-sign-up-hint = Off: new members come by invitation only.
common-flag-open-catalogue = Visitors see tutors and prices
common-flag-open-catalogue-hint = Off: only members who are signed in do.
common-flag-payments = New payments
common-flag-payments-hint = Off: nothing can be booked or paid; refunds go on.
common-flag-uploads = Sending files
common-flag-uploads-hint = Off: files that are here are still shown.
common-flag-founding = Anybody may open a school
common-flag-founding-hint = Off: only operators open schools.
