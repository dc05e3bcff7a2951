#include "engine/loaded_model.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

/// Is the reasoning switch offered for a model with this chat template?
bool offersSwitch(std::string_view chatTemplate) {
    const tests::TempDir folder;
    const auto path = folder / "model.gguf";
    tests::GgufImage image = tests::tinyModel();
    image.set("tokenizer.chat_template", tests::text(std::string(chatTemplate)));
    image.write(path);
    const LoadedModel loaded(path.string(), GgufFile::Access::Vocabulary);
    EXPECT_TRUE(loaded.notices.empty()) << loaded.notices.front();
    return loaded.describe().reasoningSwitchable;
}

TEST(ReasoningSwitch, IsFoundUnderBothOfItsNames) {
    EXPECT_TRUE(offersSwitch(
        "{% if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}"));
    EXPECT_TRUE(offersSwitch("{% if thinking %}Write your thoughts between <think></think>.{% endif %}"));
}

TEST(ReasoningSwitch, AThoughtOpenedByTheTemplateCanBeClosed) {
    EXPECT_TRUE(offersSwitch("{{ messages[0].content }}<think>\n"));
}

TEST(ReasoningSwitch, IsNotOfferedWhereItWouldDoNothing) {
    EXPECT_FALSE(offersSwitch("{{ messages[0].content }}")) << "no thoughts at all";
    EXPECT_FALSE(offersSwitch("{{ messages[0].content }}{# <think></think> #}")) << "always the same prompt";
    EXPECT_FALSE(offersSwitch("<think></think>{% if thinking %}{{ raise_exception('no') }}{% endif %}"))
        << "one wish is refused";
}

} // namespace
} // namespace ponder::engine
