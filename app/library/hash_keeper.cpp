#include "app/library/hash_keeper.h"

#include "app/library/modest_thread.h"
#include "engine/engine.h"
#include "ui/run_later.h"

namespace ponder::app {

namespace {

HashState known(const std::string& sha256, const std::string& expected, std::uint64_t bytes) {
    return {.stage = HashState::Stage::Known,
            .sha256 = sha256,
            .expected = expected,
            .verdict = compareHash(sha256, expected),
            .doneBytes = bytes,
            .totalBytes = bytes,
            .problem = {}};
}

HashState inStage(HashState::Stage stage, const ModelFile& file) {
    HashState state;
    state.stage = stage;
    state.totalBytes = file.stamp.sizeBytes;
    return state;
}

/// The verdict on a model of which one part has been judged `a` and another `b`.
HashVerdict worse(HashVerdict a, HashVerdict b) {
    for (const HashVerdict each : {HashVerdict::Differs, HashVerdict::Unknown, HashVerdict::Unchecked})
        if (a == each || b == each) return each;
    return HashVerdict::Verified;
}

} // namespace

HashKeeper::HashKeeper(std::filesystem::path cacheFile, QObject* parent)
    : QObject(parent), worker_([](const std::exception&) {}) {
    worker_.post([this, cacheFile = std::move(cacheFile)] {
        makeThisThreadModest();
        cache_ = std::make_unique<HashCache>(cacheFile);
    });
}

HashKeeper::~HashKeeper() {
    for (auto& [path, wanted] : wanted_) wanted.stop.request_stop();
}

void HashKeeper::want(const FoundModel& model) {
    if (model.state == ModelState::BeingWritten) return;
    for (const ModelFile& file : model.files) {
        const auto known = wanted_.find(file.path);
        const bool isSame = known != wanted_.end() && known->second.stamp.isUnchangedSince(file.stamp) &&
                            known->second.state.stage != HashState::Stage::Failed;
        if (!isSame) begin(file);
    }
}

void HashKeeper::begin(const ModelFile& file) {
    Wanted& wanted = wanted_[file.path];
    wanted.stop.request_stop(); // an older content's
    wanted = {.state = inStage(HashState::Stage::Waiting, file), .stamp = file.stamp, .stop = {}};
    worker_.post([this, file, stop = wanted.stop.get_token()] {
        const auto tell = [&](const HashState& state) {
            ui::runLater(this, [this, path = file.path, state, stop] {
                if (!stop.stop_requested()) show(path, state);
            });
        };
        if (stop.stop_requested()) return;
        const std::string expected = expectedHash(file.path);
        if (const std::string sha256 = cache_->find(file.path, file.stamp); !sha256.empty())
            return tell(known(sha256, expected, file.stamp.sizeBytes));
        HashState running = inStage(HashState::Stage::Running, file);
        running.expected = expected;
        tell(running);
        try {
            const auto hash = hashFile(
                file.path,
                [&](std::uint64_t done) {
                    running.doneBytes = done;
                    tell(running);
                },
                stop);
            if (!hash) return;
            cache_->add(file.path, *hash);
            tell(known(hash->sha256, expected, hash->stamp.sizeBytes));
        } catch (const engine::Error& error) {
            HashState failed = inStage(HashState::Stage::Failed, file);
            failed.problem = error.what();
            tell(failed);
        }
    });
}

void HashKeeper::cancel(const FoundModel& model) {
    for (const ModelFile& file : model.files) {
        const auto wanted = wanted_.find(file.path);
        if (wanted == wanted_.end() || wanted->second.state.stage == HashState::Stage::Known) continue;
        wanted->second.stop.request_stop();
        wanted_.erase(wanted);
        emit changed(file.path);
    }
}

HashState HashKeeper::state(const std::string& path) const {
    const auto wanted = wanted_.find(path);
    return wanted == wanted_.end() ? HashState() : wanted->second.state;
}

HashState HashKeeper::state(const FoundModel& model) const {
    if (model.files.empty()) return {};
    HashState whole = state(model.files[0].path);
    for (std::size_t i = 1; i < model.files.size(); ++i) {
        const HashState part = state(model.files[i].path);
        const bool isKnown = whole.stage == HashState::Stage::Known && part.stage == HashState::Stage::Known;
        if (part.stage == HashState::Stage::Failed && whole.stage != HashState::Stage::Failed)
            whole.problem = part.problem;
        const bool hasFailed =
            part.stage == HashState::Stage::Failed || whole.stage == HashState::Stage::Failed;
        if (hasFailed)
            whole.stage = HashState::Stage::Failed;
        else if (!isKnown && whole.stage != part.stage)
            whole.stage = HashState::Stage::Running;
        whole.verdict = worse(whole.verdict, part.verdict);
        whole.doneBytes += part.doneBytes;
        whole.totalBytes += part.totalBytes;
    }
    return whole;
}

void HashKeeper::show(const std::string& path, const HashState& state) {
    const auto wanted = wanted_.find(path);
    if (wanted == wanted_.end()) return;
    wanted->second.state = state;
    emit changed(path);
}

} // namespace ponder::app
