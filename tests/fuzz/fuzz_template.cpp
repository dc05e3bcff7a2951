// A model file brings its own chat template. Whatever it says, rendering it gives a text or throws Error.

#include "engine/support/check.h"
#include "engine/text/chat_template.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <string>

namespace ponder::engine {

namespace {

constexpr const char* kContext =
    R"({"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "</think>é<|end|>"},
    {"role": "assistant", "content": "a", "reasoning_content": "r"}], "add_generation_prompt": true, "tools": null,
    "x": 5, "f": 0.5, "d": {"k": "v", "n": [1, 2, {"q": null}]}, "s": "hello wörld"})";

constexpr std::string_view kMark = "\U0010FFFD";

/// Whether the mark stands in what is markup when a message says `said`.
bool marksMarkup(const ChatTemplate& chat, const std::string& said) {
    TemplateContext context;
    context.messages = {{Role::User, "a" + said + " <b>", {}}, {Role::Assistant, said, said + "\n"}};
    const std::vector<PromptSegment> segments = chat.render(context);
    return std::any_of(segments.begin(), segments.end(), [](const PromptSegment& segment) {
        return segment.kind != PromptSegment::Kind::Content && segment.text.find(kMark) != std::string::npos;
    });
}

/// Nothing of what a message says may come out as markup. A template may write the mark itself.
void checkOrigins(const ChatTemplate& chat, std::string_view source) {
    if (source.find(kMark) != std::string_view::npos || marksMarkup(chat, "c")) return;
    CHECK(!marksMarkup(chat, std::string(kMark)));
}

} // namespace

} // namespace ponder::engine

void ponder::fuzz::tryInput(std::string_view input) {
    try {
        const engine::ChatTemplate chat(input);
        engine::checkOrigins(chat, input);
        chat.renderJson(engine::kContext, 1);
    } catch (const engine::Error&) {
        // Refused, as it should be.
    }
}

std::vector<std::string> ponder::fuzz::seeds() {
    std::vector<std::string> seeds = {
        "{% for m in messages %}<|{{ m.role }}|>{{ m.content | trim }}{% if not loop.last %}{{ loop.index0 "
        "}}{% endif %}"
        "{% else %}none{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}",
        "{%- set ns = namespace(a=0, s='') -%}{%- for m in messages[::-1] if m.role != 'system' -%}"
        "{%- set ns.a = ns.a + 1 -%}{%- set ns.s = ns.s ~ m.content -%}{%- endfor -%}{{ ns.a }}{{ ns.s }}",
        "{% macro f(a, b=2) %}{{ a }}{{ b }}{{ caller() if caller }}{{ varargs }}{{ kwargs }}{% endmacro %}"
        "{{ f(1) }}{% call(v) f(3, b=4) %}x{{ v }}{% endcall %}{% filter upper | indent(2, true) %}y\nz{% "
        "endfilter %}",
        "{% set c = messages[1].content %}{{ c.split('</think>')[-1].lstrip('\\n') }}{{ '<' in c }}{{ "
        "c[1:-1:2] }}"
        "{{ c | replace('e', '-') | upper | e }}{{ '%s %5.2f %x' % (c, f, x) }}{{ '{:>8}|{k}'.format(x, k=c) "
        "}}",
        "{{ d | tojson(indent=2) }}{{ d.items() | list }}{{ d | dictsort }}{{ d.n[2].q is none }}{{ [1, 'a', "
        "none] }}"
        "{{ {'a': 1, 2: (3,)} }}{{ messages | map(attribute='role') | join(', ') }}",
        "{{ messages | selectattr('role', 'equalto', 'user') | list | length }}{{ [3, 1, 2] | sort | first }}"
        "{{ messages | groupby('role') | list }}{{ 'b a' | wordwrap(1) }}{{ range(5) | batch(2) | list }}",
        "{% for i in [[1, [2]], [3, []]] recursive %}{{ i[0] }}{{ loop(i[1:]) if loop.depth < 3 }}{% endfor "
        "%}"
        "{% for i in range(9) %}{% if i == 2 %}{% continue %}{% elif i > 5 %}{% break %}{% endif %}{{ i }}{% "
        "endfor %}",
        "{{ 1 + 2 * 3 ** 2 // 4 % 5 - -6 / 7 }}{{ 1 < 2 <= 3 != 4 and not x or f }}{{ 'a' if x else 'b' }}{{ "
        "1e5 }}",
        "{# comment #}{% raw %}{{ raw }}{% endraw %}\n  {%+ if x -%} y {%- endif +%}\n{{- x -}}{% generation "
        "%}g"
        "{% endgeneration %}{% with a=1 %}{{ a }}{% endwith %}{% set b | upper %}t{% endset %}{{ b }}",
        "{{ s.title() }}{{ s.center(20, '*') }}{{ s.partition(' ') }}{{ s.splitlines() }}{{ s | truncate(5, "
        "true) }}"
        "{{ s | urlencode }}{{ strftime_now('%Y') }}{{ 3.14159 | round(2) }}{{ '42' | int(0, 16) }}{{ "
        "s.encode }}",
    };
    return seeds;
}
