// What the engine process sends is as hostile as the model it read. Whatever arrives either decodes to values
// that encode and decode again to the same frame, or throws Error.

#include "engine/remote/wire.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace ponder::engine {

namespace {

std::string withoutLength(const std::string& frame) {
    return frame.substr(4);
}

void tryReport(std::string_view frame) {
    const std::string once = withoutLength(encode(decodeReport(frame)));
    CHECK(withoutLength(encode(decodeReport(once))) == once);
}

void tryCommand(std::string_view frame) {
    CHECK(withoutLength(encode(decodeCommand(frame))) == frame);
}

void tryStream(std::string_view bytes) {
    FrameBuffer buffer;
    while (!bytes.empty()) {
        // The stream's own bytes decide where it is cut.
        const std::size_t count =
            std::min<std::size_t>(bytes.size(), 1 + static_cast<unsigned char>(bytes[0]));
        buffer.append({bytes.data(), count});
        bytes.remove_prefix(count);
        while (const auto frame = buffer.take()) tryReport(*frame);
    }
}

} // namespace

} // namespace ponder::engine

void ponder::fuzz::tryInput(std::string_view input) {
    if (input.empty()) return;
    const std::string_view rest = input.substr(1);
    try {
        switch (static_cast<unsigned char>(input[0]) % 3) {
        case 0:
            engine::tryReport(rest);
            break;
        case 1:
            engine::tryCommand(rest);
            break;
        case 2:
            engine::tryStream(rest);
            break;
        }
    } catch (const engine::Error&) {
        // Refused, as it should be.
    }
}

std::vector<std::string> ponder::fuzz::seeds() {
    using namespace engine;
    ModelInfo info;
    info.name = "Model";
    info.memory = {{"Weights", 1}, {"Context", 2}};
    info.sampling.temperature = 0.5f;
    info.sampling.logitBias = {{1, 2.0f}};
    info.sampling.stopTexts = {"stop"};
    info.notices = {"odd"};
    ChatRequest request;
    request.messages = {{Role::User, "question", ""}, {Role::Assistant, "answer", "thought"}};
    request.continued = PartialAnswer{"so far", "and", true, {1, 2, 3}};
    request.sampling = info.sampling;

    request.reasoningBudget = 100;
    request.jsonSchema = "{}";
    request.chat = "chat";
    info.reasoningEfforts = {"low", "high"};
    info.footprint.products = {{"Q4_K", 1, 2, 3}};
    info.footprint.attention = {{1, 2, 3, 4}};
    ExaminedToken token;
    token.text = "token";
    token.probability = 0.5f;
    token.alternatives = {{1, "token", 0.5f}, {2, "other", 0.25f}};
    PromptPreview preview;
    preview.segments = {{PromptOrigin::Markup, -1, "<|user|>", 1}, {PromptOrigin::Text, 0, "hello", 2}};
    preview.messageTokens = {2};
    preview.totalTokens = 3;
    preview.tokens = {{5, "he", 0}, {6, "llo", 0}};

    std::vector<std::string> seeds;
    for (const Report& report : {Report(Hello{}), Report(Heartbeat{}), Report(LoadProgress{0.5}),
                                 Report(ModelReady{info, "confined"}), Report(PromptProgress{1, 2}),
                                 Report(AnswerPiece{PieceKind::Text, "text \xF0\x9F\xA6\x8A", 1}),
                                 Report(AnswerSummary{}), Report(Failure{AfterFailure::Ready, "why"}),
                                 Report(preview), Report(token), Report(ExamineSummary{})}) {
        seeds.push_back('\0' + withoutLength(encode(report)));
        seeds.push_back('\2' + encode(report) + encode(report));
    }
    for (const Command& command :
         {Command(OpenModel{"/model", 1, CacheType::Q8_0, 0.5, 2, "/folder", 3}), Command(StartAnswer{1, request}),
          Command(StopAnswer{1}), Command(StartPreview{2, request, {3, 4}}),
          Command(StartExamination{3, {request, 5}})}) {
        seeds.push_back('\1' + withoutLength(encode(command)));
    }
    return seeds;
}
