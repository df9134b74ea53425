namespace BcnnSim.Cosim.Tests;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class CosimFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bcnnsim-cosim-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
