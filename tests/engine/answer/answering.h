#pragma once

#include "engine/local_engine.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// What came of a request.
struct Heard {
    std::string reasoning;
    std::string text;
    int pieceTokens = 0;
    AnswerSummary summary;
};

Heard ask(Engine& engine, const ChatRequest& request, std::stop_token stop = {});

/// A question answered greedily.
ChatRequest question(const std::string& text, int maximumTokens = 24);

/// A model of tests/golden/models.
std::string goldenModel(const std::string& name);

/// Marks of all reasoning formats, as control tokens.
const std::vector<std::string>& allMarks();

/// A tiny model in a folder of its own whose chat template is `source` and whose vocabulary has `controls`.
class TemplateModel {
public:
    TemplateModel(std::string_view source, std::vector<std::string> controls);
    std::string path() const { return (folder_ / "model.gguf").string(); }

private:
    tests::TempDir folder_;
};

/// Lets nothing but lower-case letters be drawn from a tiny model.
std::map<std::int32_t, float> lettersOnly(const LoadedModel& loaded);

} // namespace ponder::engine
