"""The sign-in forms: user name and password, nothing else."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm


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


class OwnPasswordForm(ChangePasswordForm):
    """Change one's password, without the offer to send one by e-mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class AgainForm(ReauthenticateForm):
    """Give one's password again before a sensitive act, without that offer."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
