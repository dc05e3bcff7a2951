#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::app {

/// A file of a repository as Hugging Face describes it.
struct HubFile {
    std::string path = {};
    std::uint64_t sizeBytes = 0; ///< 0: not said
    std::string sha256 = {};     ///< lower-case hex, or empty: not said

    bool operator==(const HubFile&) const = default;
};

/// A model to be had: one file, or all parts of a split one in their order.
struct HubModel {
    std::string name = {}; ///< the file's name, of a split model without "-00001-of-00003"
    std::vector<HubFile> files = {};

    /// Of all files; 0 where one of them is not said.
    std::uint64_t sizeBytes() const;
    bool operator==(const HubModel&) const = default;
};

/// What a repository offers, at one commit.
struct HubListing {
    std::string repository = {};
    std::string commit = {};
    std::string license = {};
    bool gated = false; ///< an account must have been let in first
    std::vector<HubModel> models = {};

    bool operator==(const HubListing&) const = default;
};

constexpr std::size_t kLargestHubAnswer = std::size_t{16} << 20; // bytes

/// Reads the answer of Hugging Face's /api/models/ORG/NAME/revision/REV?blobs=true. Whatever it holds, paths
/// are plain ones below the repository and hashes are hashes. Throws engine::Error when it is no such answer.
HubListing parseHubListing(std::string_view answer, const std::string& repository);

/// Puts the parts of split models together, in the order of their names. A split model that lacks a part is
/// left out, as are the picture readers ("mmproj") that are no models by themselves.
std::vector<HubModel> groupHubFiles(std::vector<HubFile> files);

/// The model that `path` (a file's path, or a name of the listing) or, where that is empty, `quantisation`
/// means, or the only one there is. Null: none, or several.
const HubModel* chooseHubModel(const HubListing& listing, const std::string& path,
                               const std::string& quantisation);

} // namespace ponder::app
