#pragma once

#include <deque>
#include <string>

#include "app/downloads/fetch_protocol.h"
#include "app/fetch/control.h"
#include "app/fetch/model_check.h"
#include "app/fetch/part_file.h"
#include "app/fetch/target_folder.h"
#include "app/fetch/transfer.h"

namespace ponder::fetch {

/// Fetches the files of one model and gives them their names when all of them are whole, and not before.
/// Throws FetchFailure and PauseAsked; what has come by then stays for the next time.
class Download {
public:
    Download(app::GetRequest request, Control& control, ModelCheck& check);

    app::DoneEvent run();

private:
    bool isThere(const app::FetchFile& file);
    std::string hashOf(const std::string& name, std::uint64_t sizeBytes);
    void complete(PartFile& part);
    void tryOnce(PartFile& part);
    void judge(PartFile& part, const AnswerHead& head);
    void take(PartFile& part, std::span<const std::byte> bytes);
    void afterFailure(PartFile& part, const TransferEnd& end);
    void verify(PartFile& part);
    std::string checkModel();
    void tellProgress(app::FetchPhase phase);

    app::GetRequest request_;
    Control& control_;
    ModelCheck& check_;
    TargetFolder folder_;
    Transfer transfer_;
    std::deque<PartFile> parts_;
    std::uint64_t bytesThere_ = 0; // of files that had their names before
    int failuresInARow_ = 0;
    int startsOver_ = 0;
    bool wrongSize_ = false; // of the answer that is under way
    bool verified_ = true;
    std::string hash_;
};

} // namespace ponder::fetch
