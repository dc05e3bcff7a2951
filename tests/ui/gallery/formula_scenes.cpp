#include "tests/ui/gallery/formula_scenes.h"

#include "tests/ui/gallery/sample_chats.h"

#include <QApplication>
#include <QKeyEvent>

namespace ponder::ui {

namespace {

const char* const kCalculus = R"md(## Completing the square

We start from $ax^2 + bx + c = 0$ with $a \neq 0$ and divide by $a$:

$$x^2 + \frac{b}{a}x = -\frac{c}{a}$$

Adding $\left(\frac{b}{2a}\right)^2$ on both sides makes the left one a square, so that

\[
\boxed{x_{1,2} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}} \tag{1}
\]

1. For $b^2 > 4ac$ there are two real solutions, for $b^2 = 4ac$ one, namely $x = -\tfrac{b}{2a}$.
2. Else the two are conjugate, $x_2 = \overline{x_1}$, and
   \[ |x_1|^2 = x_1 \overline{x_1} = \frac{c}{a}. \]
3. It costs $5 to print and $10 to frame.

A Gaussian integral, and a sum that is known since Euler:

$$\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}, \qquad \sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}$$
)md";

const char* const kAlgebra =
    R"md(The rotation by $\theta$ is linear, $R_\theta \colon \mathbb{R}^2 \to \mathbb{R}^2$:

$$R_\theta = \begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{pmatrix}, \qquad \det R_\theta = \begin{vmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{vmatrix} = 1$$

$$\operatorname{ReLU}(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}$$

$$\begin{aligned} \nabla \cdot \mathbf{E} &= \frac{\rho}{\varepsilon_0} & \nabla \times \mathbf{E} &= -\frac{\partial \mathbf{B}}{\partial t} \\ \nabla \cdot \mathbf{B} &= 0 & \nabla \times \mathbf{B} &= \mu_0 \mathbf{J} + \mu_0\varepsilon_0 \frac{\partial \mathbf{E}}{\partial t} \end{aligned}$$

$$A \xrightarrow{\;f\;} B, \quad \underbrace{1 + 2 + \cdots + n}_{n \text{ terms}} = \binom{n+1}{2}, \quad \mathcal{L} = -\sum_i y_i \log \hat{y}_i, \quad \ce{2H2 + O2 -> 2H2O}$$

| Distribution | Density | Mean |
|---|:-:|--:|
| Normal | $\frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}$ | $\mu$ |
| Exponential | $\lambda e^{-\lambda x}$ | $\lambda^{-1}$ |
)md";

const char* const kLanguages =
    R"md(设 $f(x) = \sqrt{x}$，其中 $x \ge 0$，则导数为 $f'(x) = \frac{1}{2\sqrt{x}}$。因此：

$$\text{平均速度} = \frac{\text{总路程}}{\text{总时间}} = \frac{s}{t}$$

إذا كان $a^2 + b^2 = c^2$ فإن المثلث قائم الزاوية و $\sin^2\theta + \cos^2\theta = 1$ دائمًا.

A long one in the text, $a_1 x_1 + a_2 x_2 + a_3 x_3 + a_4 x_4 + a_5 x_5 + a_6 x_6 = b_1 + b_2 + b_3 + b_4 + b_5$, breaks behind its signs. A wide one scrolls:

$$(a+b)^{10} = a^{10} + 10a^9b + 45a^8b^2 + 120a^7b^3 + 210a^6b^4 + 252a^5b^5 + 210a^4b^6 + 120a^3b^7 + 45a^2b^8 + 10ab^9 + b^{10}$$

What cannot be read stays as it is: $\frac{1}{2$ and $\unknown{x}$. In code nothing is set:

```latex
\frac{a}{b}
```

Colours: $\color{red}{x} + \textcolor{blue}{y} = \colorbox{yellow}{z}$, and $\cancel{2x} + \fbox{3}$.
)md";

void open(Stage& stage, const char* text) {
    MainWindow& window = stage.window();
    window.sidebar().setChats(fewChats());
    window.sidebar().setCurrentChat("attention");
    window.setChatTitle(said("Formulas", "Formeln", "公式", "صيغ"));
    window.setModels(sampleModels());
    window.setCurrentModel("/models/Qwen3 4B");
    window.transcript().show({answer(2, {}, text)});
    QKeyEvent home(QEvent::KeyPress, Qt::Key_Home, Qt::NoModifier);
    QApplication::sendEvent(&window.transcript(), &home);
    stage.settle();
}

void calculus(Stage& stage) {
    open(stage, kCalculus);
}

void algebra(Stage& stage) {
    open(stage, kAlgebra);
}

void languages(Stage& stage) {
    open(stage, kLanguages);
}

void selectedFormulas(Stage& stage) {
    open(stage, kCalculus);
    QKeyEvent all(QEvent::KeyPress, Qt::Key_A, Qt::ControlModifier);
    QApplication::sendEvent(&stage.window().transcript(), &all);
    stage.settle();
}

void largeText(Stage& stage) {
    stage.theme().setTextSize(20);
    open(stage, kAlgebra);
}

} // namespace

std::vector<Scene> formulaScenes() {
    return {
        {"formulas_calculus", calculus},    {"formulas_algebra", algebra},
        {"formulas_languages", languages},  {"formulas_selected", selectedFormulas},
        {"formulas_large_text", largeText}, {"formulas_narrow", algebra, Stage::kNarrow},
    };
}

} // namespace ponder::ui
