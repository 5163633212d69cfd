### Sign-in, sign-up, passwords, verification. Keys begin with "accounts-".

accounts-sign-in-title = Sign in to { $name }
accounts-sign-in-new = New here?
accounts-sign-in-create = Create an account
accounts-sign-in-button = Sign in
accounts-sign-up-title = Create your account at { $name }
accounts-sign-up-known = Have an account already?
accounts-sign-up-button = Create account
accounts-sign-up-password-hint = At least 10 characters. A few words are easier to remember than symbols.
accounts-sign-up-elsewhere = Have an account at another school on WeMaster? Sign up with the same email; its password stays as it is.
accounts-forgot-link = Forgot your password?

## The code that proves an address

accounts-confirm-title = Check your mail
accounts-confirm-sent = We sent a code of eight digits to { $email }. It works for 30 minutes, in this browser.
accounts-confirm-code = Code
accounts-confirm-hint = Eight digits. Look in the spam folder too.
accounts-confirm-button = Confirm
accounts-confirm-resend = Send the code again
accounts-confirm-other = Use another email
accounts-confirm-mailbox = Development: no mail leaves.
accounts-confirm-over-title = This code is over
accounts-confirm-over-body = Start again to get a new one.
accounts-confirm-again = Start again
accounts-done-resent = We sent the code again.
accounts-done-joined = You joined. Sign in to the account that you have; if it has no password, choose one by “Forgot your password?”.

## A new password

accounts-forgot-title = Forgot your password?
accounts-forgot-body = Enter the email of your account. We send a link with which you choose a new password.
accounts-forgot-button = Send the link
accounts-forgot-sent = If there is an account with this email, a link is on its way. It works once, for 30 minutes. Look in the spam folder too.
accounts-done-reset-sent = The link is on its way.
accounts-reset-title = Choose a new password
accounts-reset-body = You are signed out everywhere, and sign in with the new one.
accounts-reset-password = New password
accounts-reset-button = Save the password
accounts-reset-over-title = This link is over
accounts-reset-again = Ask for a new link
accounts-done-reset = Your password is changed. Sign in with it.

## Password and devices

accounts-security-title = Sign-in and security
accounts-you-title = You
accounts-you-email = You sign in with { $email }.
accounts-done-renamed = Your name is changed.
accounts-password-title = Password
accounts-password-body = It is the same at every school on WeMaster. Changing it signs you out everywhere else.
accounts-password-old = Current password
accounts-password-button = Change the password
accounts-done-password = Your password is changed. Other devices are signed out.
accounts-devices-title = Where you are signed in
accounts-devices-body = Sign out what you do not know, and change your password then.
accounts-device = { $browser } on { $system }
accounts-device-unknown = Unknown device
accounts-device-seen = Last used { $time }
accounts-device-from = { $seen }, from { $address }
accounts-device-here = This device
accounts-device-end = Sign out
accounts-device-end-named = Sign out { $device }
accounts-devices-end-all = Sign out everywhere
accounts-done-ended = That device is signed out.
accounts-done-ended-all = You are signed out on every device.

## Invitations

accounts-invitation-title = Join { $name }
accounts-invitation-lead = { $inviter } invites you as: { $roles }.
accounts-invitation-known = You have an account on WeMaster with this email. Its password stays as it is: you sign in with it next.
accounts-invitation-name-hint = How others at the school see you.
accounts-invitation-button = Join { $name }
accounts-invitation-over-title = This invitation is over

## Two-step verification

accounts-two-step-title = Two-step verification
accounts-two-step-body = Besides your password, an app on your phone shows a code when you sign in. Nobody gets in with your password alone.
accounts-two-step-begin = Set it up
accounts-two-step-again = Go on setting it up
accounts-two-step-on = On
accounts-two-step-end = Switch it off
accounts-two-step-setup = Set up two-step verification
accounts-two-step-lead = You need an authenticator app, such as the one of your password manager.
accounts-two-step-scan = Scan this picture with the app.
accounts-two-step-picture = QR code for your authenticator app
accounts-two-step-type = No camera at hand? Type this key into the app instead.
accounts-two-step-code = Type the six digits that the app shows now.
accounts-two-step-switch = Switch it on
accounts-done-two-step-off = Two-step verification is off. Other devices are signed out.
accounts-codes-title = Keep these recovery codes
accounts-codes-lead = Two-step verification is on. Should you lose the app, each of these codes signs you in once. Keep them where you find them without your phone: they are not shown again.
accounts-codes-keep = I have kept them
accounts-codes-left = { $count ->
    [0] No recovery code left
    [one] One recovery code left
   *[other] { $count } recovery codes left
}
accounts-codes-fresh = Keep your new recovery codes.
accounts-codes-renew = New recovery codes
accounts-done-codes-kept = Your recovery codes are no longer shown.
accounts-factor-title = One more step
accounts-factor-lead = Type the code that your authenticator app shows, or a recovery code.
accounts-factor-hint = Six digits, or a recovery code such as abcd-efgh-ijkl-mnop.
accounts-factor-trust = Do not ask again on this device for { $days } days
accounts-factor-other = Sign in as somebody else
accounts-factor-over-title = Start again

## Passkeys

accounts-passkeys-title = Passkeys
accounts-passkeys-body = Sign in with your fingerprint, your face or your device's PIN instead of a password. A passkey works at this school's address.
accounts-passkey-new = Add a passkey
accounts-passkey-new-lead = Your device asks you to unlock it. Nothing of that leaves the device.
accounts-passkey-name-hint = To tell it from others, such as Laptop.
accounts-passkey-create = Create the passkey
accounts-passkey-sign-in = Sign in with a passkey
accounts-passkey-lead = Your device asks you to unlock it.
accounts-passkey-use = Use a passkey
accounts-passkey-password = Use your password instead
accounts-passkey-made = Added { $time }
accounts-passkey-remove = Remove
accounts-passkey-remove-named = Remove { $name }
accounts-passkey-script = Passkeys need JavaScript.
accounts-done-passkey = Your passkey is ready. Sign in with it next time.
accounts-done-passkey-removed = The passkey is removed.

## Signing in elsewhere

accounts-elsewhere-button = Continue with { $provider }
accounts-elsewhere-leaving = On to { $provider }
accounts-elsewhere-leaving-lead = You sign in at { $host } and come back here.
accounts-elsewhere-go = Continue at { $provider }
accounts-elsewhere-over = That did not work
accounts-elsewhere-said = { $provider } says that you are { $who }.
accounts-elsewhere-came = You come from { $provider }.
accounts-newcomer-lead = You are new here, so tell us how to reach you.
accounts-newcomer-email = We send a code there to be sure that it is yours.
accounts-newcomer-known = Already a member here?
accounts-newcomer-connect = Sign in and connect { $provider }
accounts-identities-title = Sign in with another account
accounts-identities-body = Connect an account that you have elsewhere, and sign in here with it.
accounts-identity-connect = Connect { $provider }
accounts-identity-claim = Connect it with your account here?
accounts-identity-remove = Disconnect
accounts-identity-remove-named = Disconnect { $provider }
accounts-done-identity = Connected. Sign in with it next time.
accounts-done-identity-removed = Disconnected. Other devices are signed out.
accounts-password-first-title = Choose a password
accounts-password-first-body = You have no password yet: you sign in with another account. We send a link to { $email } with which you choose one.
accounts-password-first-button = Send me the link

## Showing again who it is

accounts-verify-title = Is it you?
accounts-verify-lead = What comes next is for you alone, so please show once more who you are. It counts for 15 minutes.
accounts-verify-again = Nothing was changed yet: after this you are back on the page and do it again.
accounts-verify-lead-none = Whoever has only your account elsewhere does not get any further here. Choose a password first, or use a passkey.
accounts-verify-button = Continue

## Schools

accounts-schools-title = Your schools
accounts-schools-lead = One account, with the same password everywhere. You sign in at each school on its own.
accounts-schools-here = You are here
accounts-schools-more = Find another school
accounts-device-impersonator = { $seen }, by { $staff } to help you
accounts-support-title = Support access
accounts-support-lead = You come in as staff of this school for an hour, under your own name. Its admins are told.
accounts-support-button = Come in
accounts-sign-up-closed-title = { $name } invites its members
