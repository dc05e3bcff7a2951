#include "app/fetch/hub.h"

#include <string>

#include "app/fetch/fetch_failure.h"
#include "app/fetch/transfer.h"
#include "engine/engine.h"

namespace ponder::fetch {

app::HubListing listRepository(const app::ListRequest& request, Control& control) {
    using app::ProblemKind;
    Transfer transfer(control, request.patience);
    const auto refuse = [&](ProblemKind kind) {
        throw FetchFailure({kind, transfer.host(), request.link.repository, 0});
    };
    std::string answer;
    const TransferEnd end =
        transfer.run(app::hubListingUrl(app::hubEndpoint(), request.link), 0,
                     {.begin =
                          [&](const AnswerHead& head) {
                              if (head.status() != 200 || head.packed())
                                  refuse(ProblemKind::UnexpectedAnswer);
                          },
                      .take =
                          [&](std::span<const std::byte> bytes) {
                              if (answer.size() + bytes.size() > app::kLargestHubAnswer)
                                  refuse(ProblemKind::BadListing);
                              answer.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                          }});
    if (end.problem) throw FetchFailure(*end.problem);
    app::HubListing listing;
    try {
        listing = app::parseHubListing(answer, request.link.repository);
    } catch (const engine::Error&) {
        refuse(ProblemKind::BadListing);
    }
    if (listing.models.empty()) refuse(ProblemKind::NoModels);
    return listing;
}

} // namespace ponder::fetch
