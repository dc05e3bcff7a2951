#include "tests/ui/gallery/scenes.h"

#include <gtest/gtest.h>

#include <QSet>
#include <QTemporaryDir>

namespace ponder::ui {

void PrintTo(const Scene& scene, std::ostream* out) { *out << scene.name.toStdString(); }

namespace {

class Gallery : public testing::TestWithParam<Scene> {};

int distinctColours(const QImage& image, const QRect& part) {
    QSet<QRgb> colours;
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x) colours.insert(image.pixel(x, y));
    }
    return int(colours.size());
}

TEST_P(Gallery, DrawsTheSceneToAPictureOfTheRightSize) {
    const Scene& scene = GetParam();
    QTemporaryDir directory;
    const QString path = directory.filePath(scene.name + ".png");
    ASSERT_TRUE(drawScene(scene).save(path));
    const QImage picture(path);
    ASSERT_EQ(picture.size(), scene.size);

    // Text is drawn with many shades; an area without any has two or three colours.
    const QRect header(0, 0, picture.width(), 60);
    const QRect middle(picture.width() / 4, 60, picture.width() / 2, picture.height() - 240);
    const QRect composer(picture.width() / 4, picture.height() - 150, picture.width() / 2, 150);
    EXPECT_GT(distinctColours(picture, header), 10);
    EXPECT_GT(distinctColours(picture, middle), 10);
    // The search takes the place of the chat and its composer.
    if (!scene.name.startsWith("search_")) {
        EXPECT_GT(distinctColours(picture, composer), 10);
    }

    const int ground = picture.pixelColor(picture.width() - 40, picture.height() - 40).lightness();
    if (scene.appearance == Appearance::Dark) EXPECT_LT(ground, 60);
    else EXPECT_GT(ground, 150) << "shaded by an open sidebar at most";
}

TEST(GalleryScenes, AreTheSameEveryTime) {
    const std::vector<Scene> scenes = allScenes();
    const Scene& scene = scenes.front();
    EXPECT_EQ(drawScene(scene), drawScene(scene));
}

TEST(GalleryScenes, LightAndDarkDiffer) {
    const std::vector<Scene> scenes = allScenes();
    EXPECT_NE(drawScene(scenes[0]), drawScene(scenes[1]));
}

INSTANTIATE_TEST_SUITE_P(Scenes, Gallery, testing::ValuesIn(allScenes()), [](const auto& info) {
    std::string name = info.param.name.toStdString();
    return name;
});

} // namespace
} // namespace ponder::ui
