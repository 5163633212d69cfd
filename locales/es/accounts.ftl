### Inicio de sesión, registro, contraseñas y verificación. Las claves empiezan por "accounts-".

accounts-sign-in-title = Entra en { $name }
accounts-sign-in-new = ¿Primera vez aquí?
accounts-sign-in-create = Crea una cuenta
accounts-sign-in-button = Entrar
accounts-sign-up-title = Crea tu cuenta en { $name }
accounts-sign-up-known = ¿Ya tienes cuenta?
accounts-sign-up-button = Crear cuenta
accounts-sign-up-password-hint = Al menos 10 caracteres. Unas cuantas palabras se recuerdan mejor que los símbolos.
accounts-sign-up-elsewhere = ¿Tienes cuenta en otra escuela de WeMaster? Usa el mismo correo y la misma contraseña.
