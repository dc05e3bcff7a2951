#include "tests/engine/answer/answering.h"

#include <limits>

#include "tests/places.h"

namespace ponder::engine {

Heard ask(Engine& engine, const ChatRequest& request, std::stop_token stop) {
    Heard heard;
    AnswerSink sink;
    sink.piece = [&](const AnswerPiece& piece) {
        if (piece.kind == PieceKind::TextWasReasoning) heard.text.clear();
        (piece.kind == PieceKind::Text ? heard.text : heard.reasoning) += piece.text;
        heard.pieceTokens += piece.tokens;
    };
    heard.summary = engine.answer(request, sink, stop);
    return heard;
}

ChatRequest question(const std::string& text, int maximumTokens) {
    ChatRequest request;
    request.messages = {{.role = Role::User, .text = text, .reasoning = {}}};
    request.sampling.temperature = 0.0f;
    request.maximumTokens = maximumTokens;
    return request;
}

std::string goldenModel(const std::string& name) {
    return std::string(PONDER_SOURCE_DIR) + "/tests/golden/models/" + name + "/model.gguf";
}

const std::vector<std::string>& allMarks() {
    static const std::vector<std::string> marks{"<think>",
                                                "</think>",
                                                "<|channel>",
                                                "<channel|>",
                                                "[THINK]",
                                                "[/THINK]",
                                                "<thinking>",
                                                "</thinking>",
                                                "<thought>",
                                                "</thought>",
                                                "<reasoning>",
                                                "</reasoning>",
                                                "<reason>",
                                                "</reason>",
                                                "<seed:think>",
                                                "</seed:think>",
                                                "<|begin_of_thought|>",
                                                "<|end_of_thought|>",
                                                "<|start|>",
                                                "<|channel|>",
                                                "<|message|>",
                                                "<|end|>",
                                                "<|return|>"};
    return marks;
}

TemplateModel::TemplateModel(std::string_view source, std::vector<std::string> controls) {
    tests::GgufImage image = tests::tinyModel({.contextTokens = 16384, .controls = std::move(controls)});
    image.set("tokenizer.chat_template", tests::text(std::string(source)));
    image.write(folder_ / "model.gguf");
}

std::map<std::int32_t, float> lettersOnly(const LoadedModel& loaded) {
    std::map<std::int32_t, float> bias;
    for (TokenId id = 0; id < loaded.tokenizer.size(); ++id) {
        const std::string_view bytes = loaded.tokenizer.bytes(id);
        const bool isLetter = bytes.size() == 1 && bytes[0] >= 'a' && bytes[0] <= 'z';
        if (!isLetter) bias[id] = -std::numeric_limits<float>::infinity();
    }
    return bias;
}

} // namespace ponder::engine
