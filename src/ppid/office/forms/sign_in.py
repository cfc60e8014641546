"""The sign-in form: user name and password, nothing else."""

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Sign-in without a link to reset the password: forgotten ones are set anew by the office."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].label = "Kata sandi"
        self.fields["login"].error_messages["required"] = "Isi nama pengguna."
        self.fields["password"].error_messages["required"] = "Isi kata sandi."
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
