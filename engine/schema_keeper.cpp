#include "engine/schema_keeper.h"

#include "engine/sampling/json_schema.h"

#include <vector>

namespace ponder::engine {

GrammarMasks& SchemaKeeper::masksFor(const std::string& schema) {
    if (masks_ && schema == schema_) return *masks_;
    masks_.reset();
    Grammar grammar = compileJsonSchema(schema);
    if (!trie_) trie_ = textTokensOf(loaded_);
    masks_ = std::make_unique<GrammarMasks>(std::move(grammar), trie_);
    schema_ = schema;
    return *masks_;
}

std::shared_ptr<const TokenTrie> textTokensOf(const LoadedModel& loaded) {
    const Tokenizer& tokenizer = loaded.tokenizer;
    std::vector<TokenTrie::Word> words;
    for (TokenId id = 0; id < tokenizer.size(); ++id) {
        const TokenKind kind = tokenizer.kind(id);
        const bool isText =
            kind == TokenKind::Normal || kind == TokenKind::UserDefined || kind == TokenKind::Byte;
        const std::string_view bytes = tokenizer.bytes(id);
        if (isText && !tokenizer.endsAnswer(id) && !loaded.reasoning.marks(bytes))
            words.emplace_back(id, bytes);
    }
    return std::make_shared<const TokenTrie>(words, static_cast<std::size_t>(tokenizer.size()));
}

} // namespace ponder::engine
