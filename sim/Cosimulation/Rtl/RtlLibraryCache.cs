using System.Security.Cryptography;
using System.Text;
using BcnnSim.Cosimulation.Lockstep;

namespace BcnnSim.Cosimulation.Rtl;

/// <summary>
/// Verilated libraries by the hash of everything they are made from: sources, generated text, tool versions, flags. A library is
/// built in a folder of its own and moved to its place when complete, so that processes may share a cache.
/// </summary>
public sealed class RtlLibraryCache(string folder)
{
    /// <summary>Libraries kept; the ones unused for longest go first.</summary>
    public const int Capacity = 64;

    private const string LibraryName = "bcnn_cosim.so";
    private const string RuntimeName = "verilated.o";

    /// <summary>The user's cache folder (XDG_CACHE_HOME, else .cache below the home folder, else the temporary folder).</summary>
    public static string DefaultFolder()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            cache = home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
        }

        return Path.Combine(cache, "bcnnsim", "cosim");
    }

    /// <summary>Path of the library with these designs side by side, built now if it is not in the cache.</summary>
    /// <exception cref="InputException">Verilator or the C++ compiler is missing.</exception>
    public string Library(RtlSources sources, IReadOnlyList<ILockstepDesign> designs, CancellationToken cancellation)
    {
        RtlSources all = sources
            .With(RtlTop.Module + ".sv", RtlTop.Verilog(designs))
            .With(RtlTop.DesignList, RtlTop.Designs(designs.Count));
        RtlBuild build = RtlBuild.Detect();
        return Entry(Key(build.Identity, all.Files), LibraryName, work =>
        {
            string runtime = Entry(Key(build.Identity, new SortedDictionary<string, string>()), RuntimeName, place =>
                build.CompileRuntime(place, RuntimeName, cancellation));
            all.WriteTo(work);
            build.CompileLibrary(work, runtime, LibraryName, cancellation);
        });
    }

    private static string Key(string identity, IReadOnlyDictionary<string, string> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(identity));
        foreach ((string name, string text) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{name}\0{text}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..24];
    }

    private string Entry(string key, string file, Action<string> make)
    {
        string place = Path.Combine(folder, key);
        string result = Path.Combine(place, file);
        if (File.Exists(result))
        {
            Directory.SetLastAccessTimeUtc(place, File.GetLastAccessTimeUtc(result));
            return result;
        }

        string work = Path.Combine(folder, $"{key}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
        Directory.CreateDirectory(work);
        try
        {
            make(work);
            Directory.CreateDirectory(place);
            File.Move(Path.Combine(work, file), result, overwrite: true);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        Prune(place);
        return result;
    }

    private void Prune(string newest)
    {
        IEnumerable<DirectoryInfo> entries = new DirectoryInfo(folder).EnumerateDirectories()
            .Where(d => !d.Name.Contains('.', StringComparison.Ordinal) && d.FullName != newest)
            .OrderByDescending(d => d.LastWriteTimeUtc);
        foreach (DirectoryInfo old in entries.Skip(Capacity - 1))
        {
            old.Delete(recursive: true);
        }
    }
}
