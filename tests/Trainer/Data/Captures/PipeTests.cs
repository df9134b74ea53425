using System.Diagnostics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data.Captures;

/// <summary>What is no regular file is refused at once: a pipe would wait for its writer, a device may never end.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly CaptureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("raw")]
    [InlineData("npy")]
    [InlineData("sigmf")]
    [InlineData("configuration")]
    [InlineData("idx")]
    [InlineData("mat")]
    public async Task A_pipe_is_refused_and_not_waited_for(string kind)
    {
        string path = Pipe(folder.File("a" + SigmfFile.Extension));
        Violation violation = Assert.Single((await Refused(() => Read(kind, path))).Violations);
        Assert.Equal((path, kind is "idx" or "mat" ? "0 bytes" : "a pipe"), (violation.Source, violation.Value));
        Assert.NotEmpty(violation.Remedy);
    }

    [Fact]
    public async Task Pipes_of_samples_links_to_pipes_and_devices_are_refused()
    {
        string meta = folder.Sigmf("b", CaptureFolder.Noise(200, 1), "ci8", [(0, 200, "QPSK")]), data = folder.File("b.sigmf-data");
        File.Delete(data);
        Pipe(data);
        Assert.Equal((data, "a pipe"), ValueOf(await Refused(() => SigmfFile.Read(meta, "b"))));
        string link = folder.File("link.iq");
        File.CreateSymbolicLink(link, data);
        Assert.Equal((link, "a pipe"), ValueOf(await Refused(() => RawFile.Read(link, "link.iq", "ci8", 1))));
        Assert.Equal(("/dev/zero", "a device"), ValueOf(await Refused(() => RawFile.Read("/dev/zero", "zero", "ci8", 1))));
    }

    [Fact]
    public void An_empty_file_is_still_refused_as_empty()
    {
        File.WriteAllBytes(folder.File("a.iq"), []);
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => RawFile.Read(folder.File("a.iq"), "a.iq", "ci8", 1)).Violations);
        Assert.Equal(("length", "0 bytes"), (violation.Place, violation.Value));
    }

    private static object Read(string kind, string path) => kind switch
    {
        "raw" => RawFile.Read(path, "a", "ci8", 1),
        "npy" => NpyFile.Read(path, "a"),
        "sigmf" => SigmfFile.Read(path, "a"),
        "idx" => IdxFile.Read(path, [1], "get it"),
        "mat" => MatFile.Read(path, [new("y", [1, 1])], "get it"),
        _ => ConfigurationFile.Read(path),
    };

    private static (string Source, string Value) ValueOf(InputException refused) => (refused.Violations[0].Source, refused.Violations[0].Value);

    private static Task<InputException> Refused(Func<object> read) =>
        Task.Run(() => Assert.Throws<InputException>(read)).WaitAsync(TimeSpan.FromSeconds(30));

    private static string Pipe(string path)
    {
        using Process process = Process.Start("mkfifo", path);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
