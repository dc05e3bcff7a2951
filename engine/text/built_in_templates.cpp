#include "engine/text/built_in_templates.h"

namespace ponder::engine {

namespace {

constexpr std::string_view kChatMl = R"({%- for message in messages -%}
<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|im_start|>assistant
{% endif -%}
)";

// As ChatML; an earlier answer's thoughts are left out, and the switch closes the thought before it begins.
constexpr std::string_view kQwen3 = R"({%- for message in messages -%}
<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|im_start|>assistant
{% if enable_thinking is defined and enable_thinking is false -%}
<think>

</think>

{% endif -%}
{%- endif -%}
)";

constexpr std::string_view kDeepSeek = R"({{- bos_token -}}
{%- for message in messages -%}
{%- if message.role == 'system' -%}
{{- message.content -}}
{%- elif message.role == 'user' -%}
{{- '<｜User｜>' + message.content -}}
{%- else -%}
{{- '<｜Assistant｜>' + message.content + '<｜end▁of▁sentence｜>' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<｜Assistant｜>' -}}
{%- endif -%}
)";

constexpr std::string_view kLlama3 = R"({{- bos_token -}}
{%- for message in messages -%}
<|start_header_id|>{{ message.role }}<|end_header_id|>

{{ message.content | trim }}<|eot_id|>
{%- endfor -%}
{%- if add_generation_prompt -%}
<|start_header_id|>assistant<|end_header_id|>

{% endif -%}
)";

// Gemma knows no system role: its text goes before the first question.
constexpr std::string_view kGemma3 = R"({{- bos_token -}}
{%- set first = '' -%}
{%- if messages and messages[0].role == 'system' -%}
{%- set first = messages[0].content + '\n\n' -%}
{%- set messages = messages[1:] -%}
{%- endif -%}
{%- for message in messages -%}
<start_of_turn>{{ 'model' if message.role == 'assistant' else message.role }}
{{ first if loop.first }}{{ message.content | trim }}<end_of_turn>
{% endfor -%}
{%- if add_generation_prompt -%}
<start_of_turn>model
{% endif -%}
)";

constexpr std::string_view kGptOss =
    R"(<|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.
Knowledge cutoff: 2024-06
Current date: {{ strftime_now('%Y-%m-%d') }}

Reasoning: {{ reasoning_effort if reasoning_effort is defined else 'medium' }}

# Valid channels: analysis, commentary, final. Channel must be included for every message.<|end|>
{%- for message in messages -%}
{%- if message.role == 'system' -%}
<|start|>developer<|message|># Instructions

{{ message.content }}

<|end|>
{%- elif message.role == 'assistant' -%}
<|start|>assistant<|channel|>final<|message|>{{ message.content }}<|end|>
{%- else -%}
<|start|>user<|message|>{{ message.content }}<|end|>
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
<|start|>assistant
{%- endif -%}
)";

constexpr std::string_view kPhi3 = R"({%- for message in messages -%}
<|{{ message.role }}|>
{{ message.content }}<|end|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|assistant|>
{% endif -%}
)";

constexpr std::string_view kGranite = R"({%- for message in messages -%}
<|start_of_role|>{{ message.role }}<|end_of_role|>{{ message.content }}<|end_of_text|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|start_of_role|>assistant<|end_of_role|>
{%- endif -%}
)";

constexpr std::string_view kOlmoe = R"({{- bos_token -}}
{%- for message in messages -%}
<|{{ message.role }}|>
{{ message.content }}
{%- if message.role == 'assistant' -%}
{{- eos_token -}}
{%- endif %}

{% endfor -%}
{%- if add_generation_prompt -%}
<|assistant|>
{% endif -%}
)";

constexpr std::string_view kGlm4 = R"([gMASK]<sop>
{%- for message in messages %}
<|{{ message.role }}|>
{{ '</think>\n' if message.role == 'assistant' }}{{ message.content }}
{%- endfor -%}
{%- if add_generation_prompt %}
<|assistant|>
{{ '<think></think>' if enable_thinking is defined and enable_thinking is false }}
{%- endif -%}
)";

constexpr std::string_view kErnie = R"(<|begin_of_sentence|>
{%- for message in messages -%}
{%- if message.role == 'user' -%}
User: {{ message.content }}
{% elif message.role == 'assistant' -%}
Assistant: {{ message.content }}<|end_of_sentence|>
{%- else -%}
{{ message.content }}
{% endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
Assistant: {% endif -%}
)";

constexpr std::string_view kMiniMaxM2 = R"({{- ']~!b[' -}}
{%- for message in messages -%}
{%- set name = 'ai' if message.role == 'assistant' else message.role -%}
{{- ']~b]' + name + '\n' + message.content + '[e~[\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- ']~b]ai\n<think>\n' -}}
{%- endif -%}
)";

constexpr std::string_view kBailing = R"({%- for message in messages -%}
<role>{{ 'HUMAN' if message.role == 'user' else message.role | upper }}</role>{{ message.content }}
{%- endfor -%}
{%- if add_generation_prompt -%}
<role>ASSISTANT</role>
{%- endif -%}
)";

// Ling 2.0: rules or none, the first message says whether thoughts come first.
constexpr std::string_view kBailing2 = R"({%- set rules = '' -%}
{%- if messages and messages[0].role == 'system' -%}
{%- set rules = messages[0].content -%}
{%- set messages = messages[1:] -%}
{%- endif -%}
{%- set thinks = enable_thinking is defined and enable_thinking -%}
<role>SYSTEM</role>{{ rules }}{{ '\n' if rules }}detailed thinking {{ 'on' if thinks else 'off' }}<|role_end|>
{%- for message in messages -%}
<role>{{ 'HUMAN' if message.role == 'user' else message.role | upper }}</role>{{ message.content }}<|role_end|>
{%- endfor -%}
{%- if add_generation_prompt -%}
<role>ASSISTANT</role>
{%- endif -%}
)";

struct BuiltIn {
    std::string_view architecture;
    std::string_view source;
};

constexpr BuiltIn kBuiltIn[] = {
    {"deepseek2", kDeepSeek},
    {"deepseek32", kDeepSeek},
    {"deepseek4", kDeepSeek},
    {"llama", kLlama3},
    {"qwen3", kQwen3},
    {"qwen3moe", kQwen3},
    {"olmoe", kOlmoe},
    {"gemma3", kGemma3},
    {"gpt-oss", kGptOss},
    {"smollm3", kQwen3},
    {"phi3", kPhi3},
    {"granite", kGranite},
    {"granitemoe", kGranite},
    {"ernie4_5", kErnie},
    {"ernie4_5-moe", kErnie},
    {"glm4moe", kGlm4},
    {"minimax-m2", kMiniMaxM2},
    {"bailingmoe", kBailing},
    {"bailingmoe2", kBailing2},
};

} // namespace

std::string_view builtInTemplate(std::string_view architecture) {
    for (const BuiltIn& entry : kBuiltIn) {
        if (entry.architecture == architecture) return entry.source;
    }
    return kChatMl;
}

} // namespace ponder::engine
