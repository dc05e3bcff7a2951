#include "tests/ui/gallery/content.h"
#include "tests/ui/gallery/sample_chats.h"

namespace ponder::ui {

namespace {

// Programs are English everywhere.
const QString kAttentionCode = QStringLiteral("```python\nimport numpy as np\n\n"
                                              "def attention(q, k, v):\n"
                                              "    scores = q @ k.T / np.sqrt(k.shape[-1])   # (n, m)\n"
                                              "    w = np.exp(scores - scores.max(-1, keepdims=True))\n"
                                              "    w /= w.sum(-1, keepdims=True)\n"
                                              "    return w @ v\n```\n\n");

} // namespace

QString attentionPrompt() {
    return said("Explain scaled dot-product attention and show a minimal Python version.",
                "Erkläre Scaled-Dot-Product-Attention und zeige eine minimale Version in Python.",
                "请解释缩放点积注意力，并给出一个最简的 Python 版本。",
                "اشرح آلية الانتباه بالجداء النقطي المقيّس واعرض أبسط صيغة لها بلغة Python.");
}

QString attentionThoughts() {
    return said(
        "The question asks for scaled dot-product attention and a minimal version in Python. I should say "
        "what "
        "queries, keys and values are, why the scores are divided by the square root of d_k, and keep the "
        "code "
        "short.\n\nThe usual form is softmax(QKᵀ / √d_k) V. In NumPy that is four lines. Subtracting the "
        "maximum "
        "before the exponential keeps it from overflowing; that deserves a sentence, because people leave it "
        "out.\n\nShapes: Q is n × d, K is m × d, V is m × d. A small table makes them clear.",
        "Gefragt ist nach Scaled-Dot-Product-Attention und einer minimalen Version in Python. Ich sollte "
        "sagen, was "
        "Queries, Keys und Values sind, warum durch die Wurzel aus d_k geteilt wird, und den Code kurz "
        "halten.\n\n"
        "Die übliche Form ist softmax(QKᵀ / √d_k) V. In NumPy sind das vier Zeilen. Das Maximum vor der "
        "Exponentialfunktion abzuziehen verhindert einen Überlauf; das verdient einen Satz, weil es oft "
        "weggelassen wird.\n\nFormen: Q ist n × d, K ist m × d, V ist m × d. Eine kleine Tabelle macht sie "
        "klar.",
        "问题问的是缩放点积注意力以及一个最简的 Python 版本。我应该说明查询、键和值是什么，为什么分数要除以 "
        "d_k "
        "的平方根，并让代码保持简短。\n\n常见的形式是 softmax(QKᵀ / √d_k) V。用 NumPy "
        "写只有四行。取指数之前先减去最大值可以避免溢出；这一点值得说一句，因为大家常常漏掉。\n\n形状：Q 是 "
        "n × d，K 是 m × "
        "d，V 是 m × d。用一张小表就能说清楚。",
        "السؤال عن الانتباه بالجداء النقطي المقيّس مع أبسط صيغة بلغة Python. عليّ أن أوضح معنى الاستعلامات "
        "والمفاتيح "
        "والقيم، ولماذا تُقسم الدرجات على الجذر التربيعي لـ d_k، وأن أُبقي الشيفرة قصيرة.\n\n"
        "الصيغة المعتادة هي softmax(QKᵀ / √d_k) V، وهي أربعة أسطر في NumPy. طرح القيمة العظمى قبل الأس يمنع "
        "الفيض، "
        "وهذا يستحق جملة لأن كثيرين يغفلون عنه.\n\nالأشكال: Q هي n × d و K هي m × d و V هي m × d، وجدول صغير "
        "يوضحها.");
}

QString attentionAnswer() {
    return said("## Scaled dot-product attention\n\n"
                "Each query is compared with every key; the scores become weights with a `softmax`, and the "
                "output is the "
                "**weighted sum** of the values. Dividing by `sqrt(d_k)` keeps the scores in a range where "
                "the gradient "
                "is useful.\n\n%1"
                "| Symbol | Shape | Meaning |\n|---|---|---|\n"
                "| `Q` | n × d | what each position looks for |\n"
                "| `K` | m × d | what each position offers |\n"
                "| `V` | m × d | the content that is mixed |\n\n"
                "1. Compute scores. 2 lines of code.\n2. Normalise row by row.\n"
                "   - subtract the maximum first\n   - 支持中文、日本語 and العربية in one line 🙂\n3. Mix "
                "the values.\n\n"
                "> The maximum is subtracted so that `exp` cannot overflow.\n",
                "## Scaled-Dot-Product-Attention\n\n"
                "Jede Query wird mit jedem Key verglichen; die Ergebnisse werden durch `softmax` zu "
                "Gewichten, und die "
                "Ausgabe ist die **gewichtete Summe** der Values. Die Division durch `sqrt(d_k)` hält die "
                "Ergebnisse in "
                "einem Bereich, in dem der Gradient brauchbar ist.\n\n%1"
                "| Symbol | Form | Bedeutung |\n|---|---|---|\n"
                "| `Q` | n × d | wonach jede Position sucht |\n"
                "| `K` | m × d | was jede Position anbietet |\n"
                "| `V` | m × d | der Inhalt, der gemischt wird |\n\n"
                "1. Ähnlichkeiten berechnen: zwei Zeilen Code.\n2. Zeile für Zeile normieren.\n"
                "   - zuerst das Maximum abziehen\n   - Umlaute und ß brauchen nichts Besonderes\n3. Die "
                "Values mischen.\n\n"
                "> Das Maximum wird abgezogen, damit `exp` nicht überläuft.\n",
                "## 缩放点积注意力\n\n"
                "每个查询都与所有的键比较；得到的分数经过 `softmax` "
                "变成权重，输出就是各个值的**加权和**。除以 `sqrt(d_k)` "
                "可以让分数保持在梯度有用的范围内。\n\n%1"
                "| 符号 | 形状 | 含义 |\n|---|---|---|\n"
                "| `Q` | n × d | 每个位置在寻找什么 |\n"
                "| `K` | m × d | 每个位置能提供什么 |\n"
                "| `V` | m × d | 被混合的内容 |\n\n"
                "1. 计算分数，两行代码。\n2. 逐行归一化。\n   - 先减去最大值\n   - 中文、日本語 and English "
                "可以混排 🙂\n"
                "3. 混合各个值。\n\n> 减去最大值是为了让 `exp` 不会溢出。\n",
                "## الانتباه بالجداء النقطي المقيّس\n\n"
                "يُقارن كل استعلام بجميع المفاتيح، ثم تتحول الدرجات إلى أوزان عبر `softmax`، ويكون الناتج هو "
                "**المجموع الموزون** "
                "للقيم. القسمة على `sqrt(d_k)` تُبقي الدرجات في مجال يظل فيه التدرّج مفيدًا.\n\n%1"
                "| الرمز | الشكل | المعنى |\n|---|---|---|\n"
                "| `Q` | n × d | ما يبحث عنه كل موضع |\n"
                "| `K` | m × d | ما يقدّمه كل موضع |\n"
                "| `V` | m × d | المحتوى الذي يُمزج |\n\n"
                "1. حساب الدرجات في سطرين من الشيفرة.\n2. التسوية صفًا بعد صف.\n"
                "   - طرح القيمة العظمى أولًا\n   - تظهر كلمات مثل NumPy و 中文 في السطر نفسه 🙂\n3. مزج "
                "القيم.\n\n"
                "> تُطرح القيمة العظمى كي لا يفيض `exp`.\n")
        .arg(kAttentionCode);
}

QString squareRootPrompt() {
    return said("And why the square root, not d_k itself?", "Und warum die Wurzel und nicht d_k selbst?",
                "为什么是平方根，而不是 d_k 本身？", "ولماذا الجذر التربيعي لا d_k نفسه؟");
}

QString squareRootThoughts() {
    return said("The variance of a dot product of two vectors of length d with unit variance is d.",
                "Die Varianz eines Skalarprodukts zweier Vektoren der Länge d mit Varianz 1 ist d.",
                "两个长度为 d、方差为 1 的向量，其点积的方差是 d。",
                "تباين الجداء النقطي لمتجهين بطول d وتباين 1 يساوي d.");
}

QString squareRootAnswer() {
    return said(
        "Because of how the *spread* of a dot product grows.\n\n"
        "If the entries of a query and a key are independent with mean 0 and variance 1, their dot product "
        "has mean 0 "
        "and variance `d_k`. Its standard deviation is therefore `sqrt(d_k)`: dividing by exactly that "
        "brings the "
        "scores back to a spread of 1, whatever the width of the head.\n\n"
        "- Without the division, large scores push the softmax to one side, and its gradient becomes tiny.\n"
        "- Divided by `d_k` itself, the scores would shrink towards 0 as heads grow wider, and every "
        "position would "
        "get about the same weight.\n\n"
        "So the square root is not a choice of taste; it is the standard deviation.",
        "Weil die *Streuung* eines Skalarprodukts so wächst.\n\n"
        "Sind die Einträge von Query und Key unabhängig mit Mittelwert 0 und Varianz 1, dann hat ihr "
        "Skalarprodukt "
        "den Mittelwert 0 und die Varianz `d_k`. Seine Standardabweichung ist also `sqrt(d_k)`: Genau durch "
        "sie zu "
        "teilen bringt die Streuung auf 1 zurück, wie breit der Kopf auch ist.\n\n"
        "- Ohne die Division drücken große Werte die Softmax an den Rand, und ihr Gradient wird winzig.\n"
        "- Durch `d_k` selbst geteilt würden die Werte bei breiteren Köpfen gegen 0 schrumpfen, und jede "
        "Position "
        "bekäme etwa dasselbe Gewicht.\n\n"
        "Die Wurzel ist also keine Geschmackssache, sondern die Standardabweichung.",
        "因为点积的*离散程度*就是这样增长的。\n\n"
        "如果查询和键的各个分量相互独立，均值为 0、方差为 1，那么它们的点积均值为 0，方差为 "
        "`d_k`，标准差就是 "
        "`sqrt(d_k)`：恰好除以它，无论头有多宽，分数的离散程度都回到 1。\n\n"
        "- 不除的话，较大的分数会把 softmax 推向一边，梯度变得极小。\n"
        "- 如果除以 `d_k` 本身，头越宽分数就越接近 0，每个位置得到的权重几乎相同。\n\n"
        "所以平方根不是口味问题，它就是标准差。",
        "بسبب الطريقة التي ينمو بها *تشتت* الجداء النقطي.\n\n"
        "إذا كانت مركبات الاستعلام والمفتاح مستقلة بمتوسط 0 وتباين 1، فإن جداءهما النقطي متوسطه 0 وتباينه "
        "`d_k`، "
        "وانحرافه المعياري إذن `sqrt(d_k)`. القسمة عليه تحديدًا تعيد التشتت إلى 1 مهما كان عرض الرأس.\n\n"
        "- من دون القسمة تدفع الدرجات الكبيرة softmax إلى أحد الطرفين فيصبح تدرّجها ضئيلًا.\n"
        "- ولو قُسمت على `d_k` نفسه لانكمشت الدرجات نحو 0 كلما اتسع الرأس، ولنال كل موضع الوزن نفسه "
        "تقريبًا.\n\n"
        "فالجذر التربيعي ليس مسألة ذوق، بل هو الانحراف المعياري.");
}

} // namespace ponder::ui
