"""The commands of a formula, by what they stand for: the names are those of LaTeX and amsmath, the signs Unicode's.

All of them are set alike in browsers and on paper. A command that is not here is refused by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Role(Enum):
    """What a sign is in a formula, which decides how it is set."""

    LETTER = "letter"
    NUMBER = "number"
    OPERATOR = "operator"
    RELATION = "relation"
    PUNCTUATION = "punctuation"
    LARGE = "large operator"
    INTEGRAL = "integral"
    OPENING = "opening"
    CLOSING = "closing"
    FENCE = "fence"
    FUNCTION = "function"
    LIMIT = "function with limits"
    WORDS = "words"
    PLAIN = "plain"


def _paired(words: str) -> dict[str, str]:
    """Names and signs that stand one behind the other."""
    pieces = words.split()
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


GREEK: Mapping[str, str] = MappingProxyType(
    _paired("""
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ
    omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
""")
)

_LETTERS = _paired("ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ")

_PLAIN = _paired("""
    infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠
    degree ° prime ′ ldots … dots … dotsc … cdots ⋯ dotsb ⋯ vdots ⋮ ddots ⋱ % % $ $ # # & & _ _ euro € pounds £ S §
    triangle △ square □ checkmark ✓ dagger † ddagger ‡ star ⋆ bullet ∙ circ ∘ clubsuit ♣ heartsuit ♡
""")

_OPERATORS = _paired("""
    pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ oplus ⊕ ominus ⊖ otimes ⊗
    odot ⊙ sqcup ⊔ sqcap ⊓ uplus ⊎ amalg ⨿ wr ≀ diamond ⋄ bmod mod backslash ∖
""")

_RELATIONS = _paired("""
    le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ll ≪ gg ≫ lt < gt > ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡
    propto ∝ asymp ≍ doteq ≐ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ nsubseteq ⊈ subsetneq ⊊
    mid ∣ nmid ∤ parallel ∥ perp ⟂ models ⊨ vdash ⊢ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳ coloneqq ≔
    to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ implies ⟹
    impliedby ⟸ mapsto ↦ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
    Longleftrightarrow ⟺ longmapsto ⟼ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘
    swarrow ↙ nwarrow ↖ rightleftharpoons ⇌ leftrightharpoons ⇋ rightharpoonup ⇀ leftharpoonup ↼ hookrightarrow ↪
    hookleftarrow ↩ therefore ∴ because ∵ triangleq ≜ trianglelefteq ⊴
""")

_LARGE = _paired("""
    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigsqcup ⨆ biguplus ⨄
""")

_INTEGRALS = _paired("int ∫ iint ∬ iiint ∭ oint ∮")

_OPENING = _paired("lbrace { { { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lparen (")

_CLOSING = _paired("rbrace } } } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rparen )")

_FENCES = _paired("vert | Vert ‖ | ‖")

_FUNCTIONS = """
    arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
"""

_LIMITS = "det gcd inf lim max min Pr sup argmax argmin"

SYMBOLS: Mapping[str, tuple[Role, str]] = MappingProxyType({
    **{name: (Role.LETTER, sign) for name, sign in {**GREEK, **_LETTERS}.items()},
    **{name: (Role.PLAIN, sign) for name, sign in _PLAIN.items()},
    **{name: (Role.OPERATOR, sign) for name, sign in _OPERATORS.items()},
    **{name: (Role.RELATION, sign) for name, sign in _RELATIONS.items()},
    **{name: (Role.LARGE, sign) for name, sign in _LARGE.items()},
    **{name: (Role.INTEGRAL, sign) for name, sign in _INTEGRALS.items()},
    **{name: (Role.OPENING, sign) for name, sign in _OPENING.items()},
    **{name: (Role.CLOSING, sign) for name, sign in _CLOSING.items()},
    **{name: (Role.FENCE, sign) for name, sign in _FENCES.items()},
    **{name: (Role.FUNCTION, name) for name in _FUNCTIONS.split()},
    **{name: (Role.LIMIT, name) for name in _LIMITS.split()},
    "limsup": (Role.LIMIT, "lim sup"),
    "liminf": (Role.LIMIT, "lim inf"),
    "colon": (Role.PUNCTUATION, ":"),
    "lq": (Role.PLAIN, "‘"),
    "rq": (Role.PLAIN, "’"),
})  # fmt: skip
"""What each command is that stands for one sign, or for one name."""

CHARACTERS: Mapping[str, tuple[Role, str]] = MappingProxyType({
    **{sign: (Role.OPERATOR, sign) for sign in "+±×÷·∗⋅"},
    "-": (Role.OPERATOR, "−"), "−": (Role.OPERATOR, "−"), "*": (Role.OPERATOR, "∗"), "/": (Role.OPERATOR, "/"),
    **{sign: (Role.RELATION, sign) for sign in "=<>≤≥≠≈∈→⇒:"},
    **{sign: (Role.PUNCTUATION, sign) for sign in ",;"},
    **{sign: (Role.OPENING, sign) for sign in "(["},
    **{sign: (Role.CLOSING, sign) for sign in ")]"},
    "|": (Role.FENCE, "|"), "‖": (Role.FENCE, "‖"),
    **{sign: (Role.PLAIN, sign) for sign in ".!?@…°%€∞′\"`’“”"},
})  # fmt: skip
"""What each sign is that is typed as itself; any letter is a letter."""

ACCENTS: Mapping[str, str] = MappingProxyType(
    _paired("""
    hat ^ widehat ^ bar ¯ overline ‾ tilde ~ widetilde ~ vec → dot ˙ ddot ¨ acute ´ grave ` breve ˘ check ˇ mathring ˚
    overrightarrow → overleftarrow ← overbrace ⏞
""")
)
"""Marks above what stands behind the command."""

WIDE_ACCENTS = frozenset({"widehat", "overline", "widetilde", "overrightarrow", "overleftarrow", "overbrace",
                          "underline", "underbrace"})  # fmt: skip
"""Those that are as wide as what stands below or above them."""

UNDERS: Mapping[str, str] = MappingProxyType(_paired("underline _ underbrace ⏟"))
"""Marks below what stands behind the command."""

COMBINING: Mapping[str, str] = MappingProxyType({
    "^": "\u0302", "¯": "\u0304", "‾": "\u0305", "~": "\u0303", "→": "\u20d7", "←": "\u20d6", "˙": "\u0307",
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "˘": "\u0306", "ˇ": "\u030c", "˚": "\u030a", "_": "\u0332",
})  # fmt: skip
"""The mark as a combining character, for a line of text."""


class Face(Enum):
    """A face of letters that has a meaning of its own in a formula."""

    UPRIGHT = "upright"
    BOLD = "bold"
    BOLD_ITALIC = "bold italic"
    DOUBLE = "double-struck"
    SCRIPT = "script"
    FRAKTUR = "fraktur"
    SANS = "sans-serif"
    MONO = "monospace"
    ITALIC = "italic"


FACES: Mapping[str, Face] = MappingProxyType({
    "mathrm": Face.UPRIGHT, "mathup": Face.UPRIGHT, "mathnormal": Face.ITALIC, "mathit": Face.ITALIC,
    "mathbf": Face.BOLD, "bm": Face.BOLD_ITALIC, "boldsymbol": Face.BOLD_ITALIC, "pmb": Face.BOLD_ITALIC,
    "mathbb": Face.DOUBLE, "mathcal": Face.SCRIPT, "mathscr": Face.SCRIPT, "mathfrak": Face.FRAKTUR,
    "mathsf": Face.SANS, "mathtt": Face.MONO,
})  # fmt: skip
"""The face in which each command sets what stands behind it."""

TEXTS = frozenset("text textrm textnormal textit textbf textsf texttt mbox hbox".split())
"""Commands behind which words stand."""

SPACES: Mapping[str, str] = MappingProxyType({
    ",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em", " ": "0.333em", "enspace": "0.5em",
    "thinspace": "0.167em", "medspace": "0.222em", "thickspace": "0.278em", "quad": "1em", "qquad": "2em",
    "negthinspace": "-0.167em", "space": "0.333em",
})  # fmt: skip
"""Commands for space, by its width."""

FRACTIONS = frozenset("frac dfrac tfrac cfrac".split())
BINOMIALS = frozenset("binom dbinom tbinom".split())
DISPLAYED: Mapping[str, bool] = MappingProxyType({
    "dfrac": True, "cfrac": True, "dbinom": True, "displaystyle": True,
    "tfrac": False, "tbinom": False, "textstyle": False,
})  # fmt: skip
"""Commands that ask for the look of a formula on lines of its own, or for that of one in a line of text."""
ARROWS: Mapping[str, str] = MappingProxyType(_paired(
    "xrightarrow → xleftarrow ← xleftrightarrow ↔ xRightarrow ⇒ xLeftarrow ⇐ xrightleftharpoons ⇌"
))  # fmt: skip
"""Arrows with words above them."""

STACKS = frozenset("overset underset stackrel".split())
SIZES = frozenset("big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm".split())
"""Sizes of the sign behind them; the size that a bracket needs is found without them."""

STYLES = frozenset("scriptstyle scriptscriptstyle limits nolimits nonumber notag hfill".split())
"""Commands that ask for a look only, or for no number: they change nothing here."""

NEGATED: Mapping[str, str] = MappingProxyType(_paired(
    "= ≠ < ≮ > ≯ ≤ ≰ ≥ ≱ ∈ ∉ ∋ ∌ ⊂ ⊄ ⊃ ⊅ ⊆ ⊈ ⊇ ⊉ ≡ ≢ ∼ ≁ ≈ ≉ ∃ ∄ ∣ ∤ ∥ ∦ ≅ ≇ → ↛ ← ↚ ⇒ ⇏"
))  # fmt: skip
"""Each relation with the one that says it is not so, for `\\not`."""

ENVIRONMENTS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "array": ("", ""), "cases": ("{", ""), "rcases": ("", "}"),
    "dcases": ("{", ""), "aligned": ("", ""), "alignedat": ("", ""), "split": ("", ""), "gathered": ("", ""),
    "substack": ("", ""), "align": ("", ""), "align*": ("", ""), "alignat": ("", ""), "alignat*": ("", ""),
    "eqnarray": ("", ""), "eqnarray*": ("", ""), "gather": ("", ""), "gather*": ("", ""), "multline": ("", ""),
    "multline*": ("", ""), "equation": ("", ""), "equation*": ("", ""), "displaymath": ("", ""),
})  # fmt: skip
"""Environments of rows and columns, with the brackets around them."""

ALIGNED = frozenset("aligned alignedat split align align* alignat alignat* eqnarray eqnarray*".split())
"""Those whose columns are right and left in turn, so that the signs between them stand below each other."""
CHOICES = frozenset("cases rcases dcases".split())
WHOLE = frozenset(
    (
        "align align* alignat alignat* eqnarray eqnarray* gather gather* multline multline* equation equation* "
        "displaymath"
    ).split()
)
"""Those that are a formula by themselves, without dollar signs around them."""

DELIMITERS: Mapping[str, str] = MappingProxyType({
    **{sign: sign for sign in "()[]|/‖⟨⟩"}, ".": "", "<": "⟨", ">": "⟩",
    **{f"\\{name}": sign for name, sign in {**_OPENING, **_CLOSING, **_FENCES}.items()},
    "\\uparrow": "↑", "\\downarrow": "↓", "\\backslash": "∖",
})  # fmt: skip
"""What can stand behind `\\left`, `\\middle` and `\\right`."""

STRUCTURES = frozenset(
    (
        "left right middle begin end sqrt operatorname substack not pmod mod pod phantom mathop mathbin mathrel "
        "displaystyle textstyle"
    ).split()
)
"""Commands that `reading` reads by rules of their own."""

COMMANDS = frozenset({
    *SYMBOLS, *ACCENTS, *UNDERS, *FACES, *TEXTS, *SPACES, *FRACTIONS, *BINOMIALS, *ARROWS, *STACKS, *SIZES, *STYLES,
    *STRUCTURES, "\\",
})  # fmt: skip
"""All commands that can be set."""

_FACE_STARTS = MappingProxyType({
    Face.BOLD: (0x1D400, 0x1D41A, 0x1D7CE), Face.ITALIC: (0x1D434, 0x1D44E, 0),
    Face.BOLD_ITALIC: (0x1D468, 0x1D482, 0x1D7CE),
    Face.SCRIPT: (0x1D49C, 0x1D4B6, 0), Face.FRAKTUR: (0x1D504, 0x1D51E, 0), Face.DOUBLE: (0x1D538, 0x1D552, 0x1D7D8),
    Face.SANS: (0x1D5A0, 0x1D5BA, 0x1D7E2), Face.MONO: (0x1D670, 0x1D68A, 0x1D7F6),
})  # fmt: skip
"""Where Unicode has the capitals, the small letters and the digits of a face; 0 where it has none."""
_GREEK_STARTS = MappingProxyType(
    {Face.BOLD: (0x1D6A8, 0x1D6C2), Face.BOLD_ITALIC: (0x1D71C, 0x1D736), Face.ITALIC: (0x1D6E2, 0x1D6FC)}
)
# Letters that had a place before their face had one.
_EARLIER = MappingProxyType({
    Face.DOUBLE: dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    Face.SCRIPT: dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    Face.FRAKTUR: dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    Face.ITALIC: dict(zip("h∂ϵϑϕϱϖıȷ", "ℎ𝜕𝜖𝜗𝜙𝜚𝜛𝚤𝚥", strict=True)),
})  # fmt: skip


def in_face(letter: str, face: Face) -> str:
    """A letter or digit in a face; as it is where Unicode has no such letter."""
    if face in _EARLIER and letter in _EARLIER[face]:
        return _EARLIER[face][letter]
    if letter.isascii() and letter.isalnum() and face in _FACE_STARTS:
        index = 0 if letter.isupper() else 2 if letter.isdigit() else 1
        start = _FACE_STARTS[face][index]
        return chr(start + ord(letter) - ord("Aa0"[index])) if start else letter
    if face in _GREEK_STARTS and ("Α" <= letter <= "Ω" or "α" <= letter <= "ω"):
        capitals, small = _GREEK_STARTS[face]
        return chr(capitals + ord(letter) - ord("Α")) if letter <= "Ω" else chr(small + ord(letter) - ord("α"))
    return letter
