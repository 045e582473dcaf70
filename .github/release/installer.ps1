# Installs llm-prevalence: downloads the archive for Windows, compares its SHA-256, and copies the tool.
#
#     powershell -ExecutionPolicy Bypass -File llm-prevalence-installer.ps1 [-Folder FOLDER]
param([string]$Folder = (Join-Path $env:LOCALAPPDATA "Programs\llm-prevalence"))
$ErrorActionPreference = "Stop"
$ProgressPreference = "SilentlyContinue"
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

$tag = "@TAG@"
$repository = "@REPOSITORY@"
$name = "llm-prevalence-x86_64-pc-windows-msvc"
$address = "https://github.com/$repository/releases/download/$tag/$name.zip"
$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $work | Out-Null
try {
    Write-Output "llm-prevalence $tag for Windows"
    $archive = Join-Path $work "$name.zip"
    Invoke-WebRequest -UseBasicParsing -Uri $address -OutFile $archive
    Invoke-WebRequest -UseBasicParsing -Uri "$address.sha256" -OutFile "$archive.sha256"
    $expected = (Get-Content "$archive.sha256" -Raw).Trim().Split(" ")[0]
    $found = (Get-FileHash $archive -Algorithm SHA256).Hash
    if ($found -ne $expected) { throw "the checksum of $name.zip is another" }
    Expand-Archive -Path $archive -DestinationPath $work
    New-Item -ItemType Directory -Path $Folder -Force | Out-Null
    Copy-Item (Join-Path $work "$name\llm-prevalence.exe") $Folder -Force
    Write-Output "installed: $(Join-Path $Folder 'llm-prevalence.exe')"
    $path = [Environment]::GetEnvironmentVariable("Path", "User")
    if (($path -split ";") -notcontains $Folder) {
        [Environment]::SetEnvironmentVariable("Path", ($path.TrimEnd(";") + ";" + $Folder).TrimStart(";"), "User")
        Write-Output "$Folder is now in the PATH of new terminals"
    }
} finally {
    Remove-Item -Recurse -Force $work
}
