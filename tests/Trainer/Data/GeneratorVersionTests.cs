using System.Security.Cryptography;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class GeneratorVersionTests
{
    /// <summary>Stored caches and published results depend on it: whoever changes samples raises the version and this hash.</summary>
    [Theory]
    [InlineData("2016-like", "ccd5c7b4dd7c9d88")]
    [InlineData("2018-like", "c22d64025e7033ba")]
    [InlineData("awgn", "9e90f4092a12154c")]
    public void Generator_version_1_still_makes_the_same_frames(string channel, string expected)
    {
        Assert.Equal(1, BurstSetDesign.GeneratorVersion);
        var generator = new RadioBurstGenerator(new BurstSetDesign { Channel = ChannelPresets.Named(channel) });
        var source = new BurstFrameSource(generator, DataSplit.Train, new MomentsTransform(1024, 1.7, 3.2, 12), 8);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var re = new byte[3 * 1024];
        var im = new byte[3 * 1024];
        for (int index = 0; index < 220; index += 5)
        {
            source.FillIntegers(index, re, im);
            hash.AppendData(re);
            hash.AppendData(im);
        }

        Assert.Equal(expected, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8)));
    }
}
