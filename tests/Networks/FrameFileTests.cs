using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class FrameFileTests
{
    [Fact]
    public void Written_frames_read_back_with_labels_tags_and_every_value()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            using TemporaryFolder folder = new();
            FrameSet set = RandomNetworks.Frames(RandomNetworks.Plain(seed), 3, seed);
            FrameFile.Write(folder.File("a.bcnnframes"), set);
            FrameSet back = FrameFile.Read(folder.File("a.bcnnframes"));
            Assert.Equal(set.Shape, back.Shape);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(set.Frames[i].Planes, back.Frames[i].Planes);
                Assert.Equal(set.Frames[i].Label, back.Frames[i].Label);
                Assert.Equal(set.Frames[i].Tag, back.Frames[i].Tag);
            }
        }
    }

    [Fact]
    public void Components_survive_packing()
    {
        FrameShape shape = new(3, 5, 11, 6);
        Random random = new(4);
        byte[] re = new byte[shape.Values];
        byte[] im = new byte[shape.Values];
        for (int i = 0; i < re.Length; i++)
        {
            re[i] = (byte)random.Next(64);
            im[i] = (byte)random.Next(64);
        }

        Frame frame = Frame.FromComponents(shape, re, im);
        for (int i = 0; i < re.Length; i++)
        {
            (int y, int x, int c) = (i / 11 / 5, i / 11 % 5, i % 11);
            Assert.Equal(re[i], frame.ReValue(y, x, c));
            Assert.Equal(im[i], frame.ImValue(y, x, c));
            Assert.Equal((re[i] >> 3 & 1) != 0, frame.ReBit(3, y, x, c));
        }
    }

    [Fact]
    public void Frames_without_labels_or_tags_say_so()
    {
        using TemporaryFolder folder = new();
        FrameShape shape = new(1, 2, 1, 1);
        FrameFile.Write(folder.File("a.bcnnframes"), new FrameSet(shape, [Frame.FromComponents(shape, [0, 1], [1, 1])]));
        Assert.Equal(80 + 4, new FileInfo(folder.File("a.bcnnframes")).Length);
        using FrameReader reader = FrameFile.Open(folder.File("a.bcnnframes"));
        Assert.Equal(-1, reader[0].Label);
        Assert.True(float.IsNaN(reader[0].Tag));
        Assert.Equal([0, 1, 1, 1], reader[0].Planes);
    }

    [Fact]
    public void A_component_that_needs_more_bits_is_refused()
    {
        FrameShape shape = new(1, 1, 1, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Frame.FromComponents(shape, [4], [0]));
    }
}
