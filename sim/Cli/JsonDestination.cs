using System.Text;

namespace BcnnSim.Cli;

/// <summary>
/// Where a result file (--json, --csv) goes. The file is opened under a temporary name before work starts and renamed when it is complete: nobody
/// reads half of it, an unwritable place is refused early, and a second run into the same file is refused while the first works.
/// </summary>
internal sealed class JsonDestination : IDisposable
{
    private const string StandardOutput = "-";
    private readonly string path;
    private readonly TextWriter output;
    private FileStream? file;

    private JsonDestination(string path, TextWriter output, FileStream? file)
    {
        this.path = path;
        this.output = output;
        this.file = file;
    }

    /// <summary>True when the JSON takes standard output, so that nothing else may go there.</summary>
    public bool TakesOutput => file is null && path == StandardOutput;

    /// <summary>Of a file, to write piece by piece before <see cref="Complete"/>.</summary>
    public Stream Stream => file ?? throw new InvalidOperationException("standard output takes the whole result at once");

    private string Temporary => path + ".tmp";

    /// <summary>Null if no JSON is asked for or the place is refused.</summary>
    public static JsonDestination? Open(string? given, IReadOnlyList<string> inputs, Session session, Refusals refusals, string option = "--json")
    {
        if (given is null)
        {
            return null;
        }

        if (given == StandardOutput)
        {
            return new JsonDestination(given, session.Output, null);
        }

        string rule = "a file name is needed";
        if (given.Length > 0)
        {
            string path = session.FullPath(given);
            rule = Refuse(path, inputs) ?? "";
            if (rule.Length == 0 && TryOpen(path, out rule) is FileStream stream)
            {
                return new JsonDestination(path, session.Output, stream);
            }
        }

        refusals.Add(option, "value", given, rule, "Name a file of its own in a folder that exists and may be written");
        return null;
    }

    public void Write(string json)
    {
        if (file is null)
        {
            output.Write(json);
            output.Flush();
            return;
        }

        file.SetLength(0);
        file.Write(Encoding.UTF8.GetBytes(json));
        Complete();
    }

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        file!.Dispose();
        file = null;
        File.Move(Temporary, path, overwrite: true);
    }

    /// <summary>Without a completed <see cref="Write"/> nothing is left behind.</summary>
    public void Dispose()
    {
        if (file is not null)
        {
            file.Dispose();
            file = null;
            File.Delete(Temporary);
        }
    }

    private static string? Refuse(string path, IReadOnlyList<string> inputs)
    {
        string? folder = Path.GetDirectoryName(path);
        bool ofInput = inputs.Contains(path, StringComparer.Ordinal) || (File.Exists(path) && inputs.Contains(folder, StringComparer.Ordinal));
        return ofInput ? "it is an input of this command"
            : Directory.Exists(path) ? "it is a folder"
            : Directory.Exists(folder) ? null
            : "its folder does not exist";
    }

    private static FileStream? TryOpen(string path, out string rule)
    {
        rule = "";
        try
        {
            return new FileStream(path + ".tmp", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            rule = "it cannot be written, or another run is writing it";
        }
        catch (UnauthorizedAccessException)
        {
            rule = "it may not be written";
        }

        return null;
    }
}
