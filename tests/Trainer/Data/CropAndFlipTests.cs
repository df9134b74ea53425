using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public class CropAndFlipTests
{
    private static readonly MapShape Shape = new(6, 5, 2);

    [Fact]
    public void Draws_depend_on_seed_epoch_and_index_and_cover_all_shifts_and_both_flips()
    {
        (int, int, bool)[] draws = [.. Enumerable.Range(0, 4000).Select(i => new CropAndFlip(1, 2).Draw(i))];
        Assert.Equal(draws, Enumerable.Range(0, 4000).Select(i => new CropAndFlip(1, 2).Draw(i)));
        Assert.NotEqual(draws, Enumerable.Range(0, 4000).Select(i => new CropAndFlip(2, 2).Draw(i)));
        Assert.NotEqual(draws, Enumerable.Range(0, 4000).Select(i => new CropAndFlip(1, 3).Draw(i)));
        Assert.Equal(9 * 9 * 2, draws.Distinct().Count());
        Assert.All(draws, d => Assert.True(d.Item1 is >= -4 and <= 4 && d.Item2 is >= -4 and <= 4));
    }

    [Fact]
    public void A_loaded_frame_is_the_padded_original_cropped_and_flipped_with_pixel_0_outside()
    {
        var store = new FrameStore(new PatternFrames(40, 3), 1);
        using var plain = new FeatureBatch<float>(40, Shape);
        using var moved = new FeatureBatch<float>(40, Shape);
        int[] all = [.. Enumerable.Range(0, 40)];
        store.Load(all, plain, new int[40]);
        var labels = new int[40];
        var augmentation = new CropAndFlip(5, 1);
        store.Load(all, moved, labels, augmentation);
        Assert.Equal(store.Labels, labels);
        float[] one = moved.Values[..(40 * 120)].ToArray();
        moved.Values.Clear();
        store.Load(all, moved, labels, augmentation, new WorkSplit(2));
        Assert.Equal(one, moved.Values[..(40 * 120)].ToArray());
        for (int n = 0; n < 40; n++)
        {
            Assert.Equal(Slow(plain.Values.Slice(n * 120, 120), augmentation.Draw(n)), moved.Values.Slice(n * 120, 120).ToArray());
        }
    }

    // Pads, cuts a window out, mirrors it: one step after the other. Outside: real -7 (u = 0), imaginary +1 (u = 4), P = 3.
    private static float[] Slow(ReadOnlySpan<float> image, (int Down, int Right, bool Flip) draw)
    {
        const int Pad = CropAndFlip.Padding;
        var padded = new float[6 + (2 * Pad), 5 + (2 * Pad), 4];
        for (int y = 0; y < padded.GetLength(0); y++)
        {
            for (int x = 0; x < padded.GetLength(1); x++)
            {
                for (int lane = 0; lane < 4; lane++)
                {
                    bool inside = y is >= Pad and < Pad + 6 && x is >= Pad and < Pad + 5;
                    padded[y, x, lane] = inside ? image[((((y - Pad) * 5) + x - Pad) * 4) + lane] : lane < 2 ? -7 : 1;
                }
            }
        }

        var result = new float[120];
        for (int i = 0; i < 120; i++)
        {
            (int y, int x) = (i / 20, i / 4 % 5);
            result[i] = padded[y + Pad - draw.Down, (draw.Flip ? 4 - x : x) + Pad - draw.Right, i % 4];
        }

        return result;
    }
}
