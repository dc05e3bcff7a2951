#include "tests/ui/gallery/scenes.h"

#include <gtest/gtest.h>

#include <QSet>

namespace ponder::ui {

void PrintTo(const Picture& picture, std::ostream* out) {
    *out << picture.name().toStdString();
}

namespace {

class Gallery : public testing::TestWithParam<Picture> {};

int distinctColours(const QImage& image, const QRect& part) {
    QSet<QRgb> colours;
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x) colours.insert(image.pixel(x, y));
    }
    return int(colours.size());
}

TEST_P(Gallery, DrawsTheSceneToAPictureOfTheRightSize) {
    const QImage picture = draw(GetParam());
    ASSERT_EQ(picture.size(), GetParam().scene.size);

    // Text is drawn with many shades; an area without any has two or three colours.
    const QRect header(0, 0, picture.width(), 60);
    const QRect middle(picture.width() / 4, 60, picture.width() / 2, picture.height() - 240);
    const QRect composer(picture.width() / 4, picture.height() - 150, picture.width() / 2, 150);
    EXPECT_GT(distinctColours(picture, header), 10);
    EXPECT_GT(distinctColours(picture, middle), 10);
    // The search and the models take the place of the chat and its composer.
    const QString& scene = GetParam().scene.name;
    if (!scene.contains("search_") && !scene.contains("library_")) {
        EXPECT_GT(distinctColours(picture, composer), 10);
    }

    const int ground = picture.pixelColor(picture.width() - 40, picture.height() - 40).lightness();
    if (GetParam().appearance == Appearance::Dark)
        EXPECT_LT(ground, 60);
    else
        EXPECT_GT(ground, 150) << "shaded by an open sidebar at most";
}

TEST(GalleryScenes, AreTheSameEveryTime) {
    const Picture picture = allPictures().front();
    EXPECT_EQ(draw(picture), draw(picture));
}

TEST(GalleryScenes, LooksAndLanguagesDiffer) {
    std::vector<QImage> drawn;
    for (const Picture& picture : allPictures()) {
        if (picture.scene.name == "table_and_code") drawn.push_back(draw(picture));
    }
    ASSERT_EQ(drawn.size(), 12u);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) EXPECT_NE(drawn[i], drawn[k]) << i << ", " << k;
    }
}

TEST(GalleryScenes, EveryPictureHasANameOfItsOwn) {
    QSet<QString> names;
    for (const Picture& picture : allPictures()) names.insert(picture.name());
    EXPECT_EQ(std::size_t(names.size()), allPictures().size());
    for (const Picture& picture : chosenPictures()) EXPECT_TRUE(names.contains(picture.name()));
}

/// Light and dark in English; what is right to left once more in light.
std::vector<Picture> testedPictures() {
    std::vector<Picture> pictures = chosenPictures();
    std::erase_if(pictures, [](const Picture& picture) {
        const bool light = picture.appearance == Appearance::Light;
        const bool dark = picture.appearance == Appearance::Dark;
        return !(picture.content == Content::English && (light || dark)) &&
               !(picture.content == Content::Arabic && light);
    });
    return pictures;
}

INSTANTIATE_TEST_SUITE_P(Scenes, Gallery, testing::ValuesIn(testedPictures()),
                         [](const auto& info) { return info.param.name().toStdString(); });

} // namespace
} // namespace ponder::ui
