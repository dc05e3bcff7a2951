#include "engine/text/chat_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

using Kind = PromptSegment::Kind;
using testing::HasSubstr;
using testing::ThrowsMessage;

TemplateContext oneQuestion(std::string text) {
    return {.messages = {{Role::User, std::move(text), {}}},
            .addGenerationPrompt = true,
            .enableThinking = {},
            .reasoningEffort = {},
            .bosToken = "<s>",
            .eosToken = "</s>",
            .now = 0};
}

std::string textOf(const std::vector<PromptSegment>& segments) {
    std::string text;
    for (const PromptSegment& segment : segments) text += segment.text;
    return text;
}

/// Only what came from messages.
std::string contentOf(const std::vector<PromptSegment>& segments) {
    std::string text;
    for (const PromptSegment& segment : segments) {
        if (segment.kind == Kind::Content) text += segment.text;
    }
    return text;
}

std::string contentOf(std::string_view source, const std::string& question) {
    return contentOf(ChatTemplate(source).render(oneQuestion(question)));
}

TEST(ChatTemplate, GivesMarkupAndContentAsSegments) {
    const ChatTemplate chat("<|im_start|>{{ messages[0].role }}\n{{ messages[0].content }}<|im_end|>");
    const auto segments = chat.render(oneQuestion("<|im_end|>"));
    ASSERT_EQ(segments.size(), 3U);
    EXPECT_EQ(segments[0].kind, Kind::Markup);
    EXPECT_EQ(segments[0].text, "<|im_start|>user\n");
    EXPECT_EQ(segments[1].kind, Kind::Content);
    EXPECT_EQ(segments[1].text, "<|im_end|>");
    EXPECT_EQ(segments[2].kind, Kind::Markup);
}

TEST(ChatTemplate, ContentStaysContentThroughFiltersAndOperators) {
    const std::string set = "{%- set c = messages[0].content -%}";
    EXPECT_EQ(contentOf(set + "{{ c | trim | upper }}", " ab "), "AB");
    EXPECT_EQ(contentOf(set + "{{ '<' + c + '>' }}", "ab"), "ab");
    EXPECT_EQ(contentOf(set + "{{ c ~ 1 ~ c }}", "ab"), "abab");
    EXPECT_EQ(contentOf(set + "{{ c.split('|')[-1] }}", "a|b"), "b");
    EXPECT_EQ(contentOf(set + "{{ c.split('|') | join('<x>') }}", "a|b"), "ab");
    EXPECT_EQ(contentOf(set + "{{ c[::-1] }}{{ c[0] }}", "ab"), "baa");
    EXPECT_EQ(contentOf(set + "{{ c.replace('a', '<x>') }}", "cat"), "ct");
    EXPECT_EQ(contentOf(set + "{{ '<x>'.replace('x', c) }}", "cat"), "cat");
    EXPECT_EQ(contentOf(set + "{{ '%s!' % c }}{{ '{}!'.format(c) }}", "ab"), "abab");
    EXPECT_EQ(contentOf(set + "{{ c * 2 }}", "ab"), "abab");
    EXPECT_EQ(contentOf(set + "{{ c | indent(2, true) }}", "a\nb"), "ab");
    EXPECT_EQ(contentOf(set + "{{ [c] }}{{ {'k': c} | tojson }}", "ab"), "abab");
    EXPECT_EQ(contentOf(set + "{% for x in c %}{{ x }}{% endfor %}", "ab"), "ab");
    EXPECT_EQ(contentOf(set + "{% set t %}<{{ c }}>{% endset %}{{ t }}", "ab"), "ab");
    EXPECT_EQ(contentOf(set + "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(c) }}", "ab"), "ab");
    EXPECT_EQ(contentOf(set + "{% filter upper %}x{{ c }}{% endfilter %}", "ab"), "AB");
    EXPECT_EQ(contentOf(set + "{% set ns = namespace(t='') %}{% set ns.t = ns.t + c %}{{ ns.t }}", "ab"),
              "ab");
    EXPECT_EQ(contentOf(set + "{{ c | e }}{{ c | string }}{{ c | title }}", "<a"), "&lt;a<a<A");
}

TEST(ChatTemplate, AnswersAndThoughtsOfEarlierTurnsAreContent) {
    TemplateContext context = oneQuestion("q");
    context.messages.push_back({Role::Assistant, "</think>answer", "thought"});
    const ChatTemplate chat(
        "{% for m in messages %}<m>{{ m.reasoning_content }}|{{ m.content }}{% endfor %}");
    EXPECT_EQ(contentOf(chat.render(context)), "qthought</think>answer");
}

TEST(ChatTemplate, KnowsTheVariablesOfTransformers) {
    TemplateContext context = oneQuestion("hi");
    const ChatTemplate chat("{{ bos_token }}{{ eos_token }}{{ add_generation_prompt }}{{ tools is none }}"
                            "{{ documents is none }}{{ enable_thinking is defined }}{{ reasoning_effort }}");
    EXPECT_EQ(textOf(chat.render(context)), "<s></s>TrueTrueTrueFalse");
    context.enableThinking = false;
    context.reasoningEffort = "low";
    EXPECT_EQ(textOf(chat.render(context)), "<s></s>TrueTrueTrueTruelow");
    EXPECT_EQ(textOf(ChatTemplate("{{ enable_thinking }}{{ thinking }}").render(context)), "FalseFalse");
}

TEST(ChatTemplate, NamesTheLineOfASyntaxError) {
    EXPECT_THAT([] { ChatTemplate("a\nb {% if %}"); },
                ThrowsMessage<Error>("Line 2 of the chat template: expected an expression, found \"%}\"."));
    EXPECT_THAT([] { ChatTemplate("a\n\n{{ x | nofilter }}"); },
                ThrowsMessage<Error>("Line 3 of the chat template: there is no filter \"nofilter\"."));
    EXPECT_THAT([] { ChatTemplate("{% if x %}\n"); }, ThrowsMessage<Error>(HasSubstr("{% endif %}")));
}

TEST(ChatTemplate, NamesTheLineOfAFailure) {
    const ChatTemplate chat("ok\n{{ messages[0].missing.part }}");
    EXPECT_THAT([&] { chat.render(oneQuestion("hi")); },
                ThrowsMessage<Error>("Line 2 of the chat template: \"missing\" is undefined."));
    EXPECT_THAT([] { ChatTemplate("{{ raise_exception('Roles must alternate') }}").renderJson("{}", 0); },
                ThrowsMessage<Error>("Line 1 of the chat template: Roles must alternate."));
}

TEST(ChatTemplate, RefusesMoreThanOneMebibyte) {
    EXPECT_NO_THROW(ChatTemplate(std::string(std::size_t{1} << 20, 'x')));
    EXPECT_THROW(ChatTemplate(std::string((std::size_t{1} << 20) + 1, 'x')), Error);
}

TEST(ChatTemplate, KeepsTheOrderAndTheKindOfJsonNumbers) {
    const ChatTemplate chat("{{ v }}");
    EXPECT_EQ(chat.renderJson(R"({"v": {"z": 1, "a": 2.0, "m": -9223372036854775808}})", 0),
              "{'z': 1, 'a': 2.0, 'm': -9223372036854775808}");
    EXPECT_THROW(chat.renderJson("[]", 0), Error);
    EXPECT_THROW(chat.renderJson("{", 0), Error);
}

TEST(ChatTemplate, TellsTheTimeItIsGiven) {
    const ChatTemplate chat("{{ strftime_now('%d %b %Y %H:%M') }}");
    EXPECT_EQ(chat.renderJson("{}", 1768478400), "15 Jan 2026 12:00");
    EXPECT_THAT(ChatTemplate("{{ strftime_now('%Y') | int > 2000 }}").renderJson("{}", 0), "True");
}

TEST(ChatTemplate, BuiltInOnesRenderAWholeChat) {
    TemplateContext context = oneQuestion("first");
    context.messages.insert(context.messages.begin(), {Role::System, "rules", {}});
    context.messages.push_back({Role::Assistant, "reply", {}});
    context.messages.push_back({Role::User, "second", {}});
    for (const char* architecture :
         {"deepseek2",  "deepseek32", "deepseek4",   "llama",    "qwen2",        "qwen2moe", "qwen3",
          "qwen3moe",   "olmoe",      "gemma3",      "gpt-oss",  "lfm2",         "lfm2moe",  "smollm3",
          "phi3",       "granite",    "granitemoe",  "ernie4_5", "ernie4_5-moe", "glm4moe",  "hunyuan-moe",
          "minimax-m2", "bailingmoe", "bailingmoe2", "other"}) {
        const auto segments = ChatTemplate(ChatTemplate::builtIn(architecture)).render(context);
        const std::string content = contentOf(segments);
        EXPECT_THAT(content, testing::AnyOf("rulesfirstreplysecond", "rules\n\nfirstreplysecond"))
            << architecture;
        EXPECT_EQ(segments.back().kind, Kind::Markup) << architecture;
    }
}

TEST(ChatTemplate, BuiltInChatMlIsWhatChatMlIs) {
    EXPECT_EQ(textOf(ChatTemplate(ChatTemplate::builtIn("unknown")).render(oneQuestion("hi"))),
              "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
}

} // namespace
} // namespace ponder::engine
