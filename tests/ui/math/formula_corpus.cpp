#include "tests/ui/math/formula_corpus.h"

namespace ponder::ui {

namespace {

constexpr const char* kInline[] = {
    "x",
    "x^2",
    "a_{i_j}^{k^l}",
    "a^2 + b^2 = c^2",
    "f'(x) = g''(x) + h^{(3)}(x)",
    "e^{i\\pi} + 1 = 0",
    "\\alpha, \\beta, \\gamma, \\Delta, \\Omega, \\varepsilon, \\vartheta",
    "\\mathbb{R}^n \\to \\mathcal{L}(\\mathfrak{g})",
    "\\mathscr{F}, \\mathbf{x}, \\mathrm{d}x, \\mathsf{T}, \\mathtt{code}, \\boldsymbol{\\theta}",
    "\\hat{x}, \\bar{y}, \\vec{v}, \\dot{z}, \\ddot{w}, \\tilde{n}, \\acute{e}, \\breve{u}",
    "\\frac{1}{2}",
    "\\tfrac{a}{b} + \\dfrac{c}{d}",
    "\\sqrt{2} \\approx 1.41421",
    "\\sum_{i=1}^n x_i",
    "O(n \\log n)",
    "\\langle \\psi | \\phi \\rangle",
    "P(A \\mid B)",
    "x \\in \\{1, 2, \\dots, n\\}",
    "A \\subseteq B \\cup C \\setminus \\emptyset",
    "\\forall \\epsilon > 0\\ \\exists \\delta",
    "a \\equiv b \\pmod{m}",
    "a \\neq b, a \\not= b, a \\nmid b, a \\le b \\ll c",
    "2\\mathrm{H_2} + \\mathrm{O_2} \\rightarrow 2\\mathrm{H_2O}",
    "\\ce{CO2 + H2O <=> H2CO3}",
    "\\text{速度} = \\frac{\\text{距离}}{\\text{时间}}",
    "\\text{if } x > 0 \\text{ and } y < 0",
    "\\textbf{bold} \\textit{italic} \\texttt{mono} \\textsf{sans}",
    "90^\\circ, 50\\%, \\$5, \\#1, a \\& b",
    "W_{\\text{out}}^\\top h_t",
    "{}_2F_1(a, b; c; z)",
    "\\operatorname{softmax}(z)_i",
    "\\lVert x \\rVert_2, \\lfloor x \\rfloor, \\lceil y \\rceil",
    "\\overline{AB}, \\underline{xyz}, \\widehat{abc}, \\widetilde{xyz}",
    "x \\mapsto x^2, p \\implies q, p \\iff q",
    "\\mathring{A}, \\check{c}, \\grave{a}",
};

constexpr const char* kDisplay[] = {
    "\\frac{a+b}{c-d} = \\frac{1}{1+\\frac{1}{x}}",
    "x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}",
    "\\sum_{i=1}^{n} i^2 = \\frac{n(n+1)(2n+1)}{6}",
    "\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}",
    "\\oint_C \\mathbf{F}\\cdot d\\mathbf{r} = \\iint_S (\\nabla\\times\\mathbf{F})\\cdot d\\mathbf{S}",
    "\\prod_{k=1}^\\infty \\left(1 - \\frac{1}{p_k^s}\\right)^{-1}",
    "\\lim_{x \\to 0} \\frac{\\sin x}{x} = 1",
    "\\operatorname*{argmax}_\\theta \\log p_\\theta(x)",
    "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
    "\\begin{bmatrix} 1 & 0 & 2 \\\\ 0 & 1 & 3 \\\\ 4 & 5 & 6 \\\\ 7 & 8 & 9 \\end{bmatrix}",
    "\\begin{vmatrix} a & b \\\\ c & d \\end{vmatrix} = ad - bc",
    "\\begin{Bmatrix} x \\\\ y \\\\ z \\\\ w \\end{Bmatrix} \\begin{Vmatrix} 1 \\\\ 2 \\\\ 3 \\\\ 4 "
    "\\end{Vmatrix}",
    "f(x) = \\begin{cases} x^2 & \\text{if } x \\ge 0 \\\\ -x & \\text{otherwise} \\end{cases}",
    "\\begin{aligned} a &= b + c \\\\ &= d + e + f \\end{aligned}",
    "\\begin{align} x &= 1 \\\\ y &= 2 \\end{align}",
    "\\begin{align*} \\nabla \\cdot E &= \\rho \\\\ \\nabla \\cdot B &= 0 \\end{align*}",
    "\\begin{gathered} a = b \\\\ c = d \\end{gathered}",
    "\\begin{array}{c|cc} x & 1 & 2 \\\\ \\hline y & 3 & 4 \\\\ z & 5 & 6 \\end{array}",
    "a = b \\\\ c = d",
    "\\sqrt[3]{x^2+1} + \\sqrt{\\frac{a}{b}} + \\sqrt{1+\\sqrt{1+\\sqrt{1+x}}}",
    "\\sqrt{\\begin{matrix} 1 \\\\ 2 \\\\ 3 \\\\ 4 \\end{matrix}}",
    "A \\xrightarrow{f} B \\xleftarrow[n\\to\\infty]{\\text{limit}} C",
    "\\xRightarrow{abc} \\xleftrightarrow{abc} \\xrightleftharpoons[b]{a} \\xmapsto{f} \\xhookrightarrow{i}",
    "\\underbrace{1+2+\\cdots+n}_{n \\text{ terms}} + \\overbrace{a+b+c}^{3}",
    "\\overrightarrow{AB} + \\overleftarrow{CD} + \\overleftrightarrow{EF}",
    "\\binom{n}{k} = \\frac{n!}{k!(n-k)!}",
    "\\left( \\frac{\\frac{a}{b}}{\\frac{c}{d}} \\right) \\left[ \\frac{1}{2} \\right] \\left\\{ "
    "\\frac{1}{2} \\right\\}",
    "\\left. \\frac{df}{dx} \\right|_{x=0}",
    "\\left\\langle \\frac{a}{b} \\middle| \\phi \\right\\rangle",
    "\\bigl( \\Bigl[ \\biggl\\{ \\Biggl| x \\Biggr| \\biggr\\} \\Bigr] \\bigr)",
    "\\boxed{E = mc^2}",
    "\\boxed{\\text{答案是 } 42}",
    "\\color{red}{x} + \\textcolor{#1f77b4}{y} = \\colorbox{yellow}{z}",
    "\\cancel{x} + \\bcancel{abc} + \\xcancel{y+z} + \\sout{abc}",
    "E = mc^2 \\tag{1}",
    "\\frac{\\partial^2 u}{\\partial t^2} = c^2 \\nabla^2 u",
    "\\stackrel{\\text{def}}{=} \\quad \\overset{!}{=} \\quad \\underset{x \\in X}{\\min}",
    "\\sum_{\\substack{0<i<m \\\\ 0<j<n}} P(i,j)",
    "\\mathrm{Attention}(Q,K,V) = \\mathrm{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V",
    "\\cfrac{1}{1+\\cfrac{1}{1+\\cfrac{1}{x}}}",
    "\\bigcup_{i} A_i \\cap \\bigoplus_{j} V_j \\otimes \\bigwedge_k W_k",
    "\\iiint_V \\oiint_S \\, dV",
    "\\phantom{x} \\hspace{0.5em} y \\rule{1em}{0.5em} \\raisebox{0.5em}{up}",
    "\\mathllap{a} b \\mathrlap{c} d \\mathclap{e}",
    "\\begin{CD} A @>a>> B \\\\ @VbVV @VVcV \\\\ C @>>d> D \\end{CD}",
    "{\\Large A} {\\small b} {\\tiny c}",
    "\\fbox{text} \\fcolorbox{red}{aqua}{x} \\overgroup{abc} \\undergroup{def}",
    "\\dot{x} = \\sigma(y-x), \\quad \\dot{y} = x(\\rho - z) - y, \\quad \\dot{z} = xy - \\beta z",
    "\\hbar \\frac{\\partial}{\\partial t}\\Psi = \\hat{H}\\Psi",
    "\\Pr\\left[\\left|\\frac{1}{n}\\sum_{i=1}^n X_i - \\mu\\right| \\ge \\epsilon\\right] \\le "
    "2e^{-2n\\epsilon^2}",
};

} // namespace

std::vector<FormulaSource> formulaCorpus() {
    std::vector<FormulaSource> corpus;
    for (const char* tex : kInline) corpus.push_back({QString::fromUtf8(tex), FormulaStyle::Inline});
    for (const char* tex : kDisplay) corpus.push_back({QString::fromUtf8(tex), FormulaStyle::Display});
    return corpus;
}

} // namespace ponder::ui
