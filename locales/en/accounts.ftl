### Sign-in, sign-up, passwords, verification. Keys begin with "accounts-".

accounts-sign-in-title = Sign in to { $name }
accounts-sign-in-new = New here?
accounts-sign-in-create = Create an account
accounts-sign-in-button = Sign in
accounts-sign-up-title = Create your account at { $name }
accounts-sign-up-known = Have an account already?
accounts-sign-up-button = Create account
accounts-sign-up-password-hint = At least 10 characters. A few words are easier to remember than symbols.
accounts-sign-up-elsewhere = Have an account at another school on WeMaster? Use the same email and password.
