"""The sign-in forms: user name and password, nothing else."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django.forms import Form
from django.utils import timezone

from ppid.office.actions.accounts import choose_password
from ppid.office.models import Account

STRONG = (
    "Paling sedikit 12 huruf, angka, atau tanda; bukan kata sandi yang umum dan tidak mirip nama "
    "pengguna Anda."
)


class SignInForm(LoginForm):
    """Sign-in without a link to reset the password: forgotten ones are set anew by the office."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].label = "Kata sandi"
        self.fields["login"].error_messages["required"] = "Isi nama pengguna."
        self.fields["password"].error_messages["required"] = "Isi kata sandi."
        _without_placeholders(self)


class OwnPasswordForm(ChangePasswordForm):
    """Change one's password, without the offer to send one by e-mail.

    given: whether somebody else set the password that is to be changed.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = STRONG
        _without_placeholders(self)
        rows = Account.objects.filter(username=self.user.get_username())
        self.given = rows.filter(given=True).exists()

    def clean(self) -> dict[str, object]:
        """Ask for another one than before: who set that may know it."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", "Pilih kata sandi yang lain daripada yang sekarang.")
        return cleaned

    def save(self) -> None:
        """Keep the new password, and note in the log that its owner chose it."""
        name, password = self.user.get_username(), self.cleaned_data["password1"]
        choose_password(name, password, at=timezone.now())
        self.user.refresh_from_db()


class AgainForm(ReauthenticateForm):
    """Give one's password again before a sensitive act, without that offer."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


def _without_placeholders(form: Form) -> None:
    """Take away what a field says in itself: its label says it."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
